package org.pgreel.junit;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;
import org.pgreel.replay.play.Chunking;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the recordings of tests with {@link Replay}, and keeps what happens between tests apart from them. */
final class RecordingExtension
        implements BeforeAllCallback,
                BeforeEachCallback,
                TestExecutionExceptionHandler,
                TestWatcher,
                AfterEachCallback,
                AfterAllCallback {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingExtension.class);
    private static final Namespace NAMESPACE = Namespace.create(RecordingExtension.class);
    private static final String ALL = "recordings";

    @Override
    public void beforeAll(ExtensionContext context) {
        endWithAllTests(context);
    }

    private static void endWithAllTests(ExtensionContext context) {
        context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(ALL, key -> RecordedServers.all(), AutoCloseable.class);
    }

    /** Comes before the test's chapter is opened: what its context has asked that was not recorded fails it now. */
    @Override
    public void beforeEach(ExtensionContext context) {
        endWithAllTests(context);
        ReplayServer server = server(context);
        if (server == null) {
            requireNoOverlay(context);
        } else if (server.served() instanceof TapeServed tape && tape.startingUp()) {
            Verdict startup = server.soFar();
            if (startup.departed()) {
                throw new ReplayError(
                        FailureText.of(startup, RunName.of(context, startup)), context.getRequiredTestMethod());
            }
        }
    }

    private static void requireNoOverlay(ExtensionContext context) {
        if (!TestChapter.of(context).overlay().isEmpty()) {
            throw new ExtensionConfigurationException("@Fault and @Never on "
                    + TestChapter.of(context).name()
                    + " have no effect: they stand beside @Replay; in a @Script they are lines of it");
        }
    }

    /** Returns the recording's server that serves the test; null if a script or scenario does, or nothing. */
    private static @Nullable ReplayServer server(ExtensionContext context) {
        TestServers.Held held = TestServers.find(context);
        return held != null && isOfRecording(held.server()) ? held.server() : null;
    }

    private static boolean isOfRecording(ReplayServer server) {
        return server.served() instanceof TapeServed || server.served() instanceof RecordingServed;
    }

    private static @Nullable RecordingServed recording(ExtensionContext context) {
        ReplayServer server = server(context);
        return server != null && server.served() instanceof RecordingServed recording ? recording : null;
    }

    /** A test that waits for its fault fails while none is laid. */
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (recording(context) != null && TestChapter.hasFaults(context)) {
            throw recordedWithoutFaults(failure);
        }
        throw failure;
    }

    private static TestAbortedException recordedWithoutFaults(@Nullable Throwable failure) {
        return new TestAbortedException("recorded without its faults; run it again to replay it with them", failure);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        ReplayServer server = server(context);
        if (server == null) {
            return;
        }
        server.begin(Chunking.WHOLE, TestChapter.STARTUP);
        if (server.served() instanceof RecordingServed recording) {
            boolean failed = context.getExecutionException()
                    .filter(failure -> !(failure instanceof TestAbortedException))
                    .isPresent();
            if (AnnotationSupport.isAnnotated(context.getRequiredTestMethod(), Replay.class) && !failed) {
                write(context, recording);
            }
            if (context.getExecutionException().isEmpty() && TestChapter.hasFaults(context)) {
                throw recordedWithoutFaults(null);
            }
        }
    }

    /** Hears of tests too whose application context did not start. */
    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        RecordingServed recording = recording(context);
        if (recording != null) {
            recording.failed(TestChapter.of(context).name());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        Optional<Replay> replay = context.getTestClass()
                .map(type -> (AnnotatedElement) type)
                .flatMap(type -> AnnotationSupport.findAnnotation(type, Replay.class));
        if (replay.isPresent()) {
            RecordingServed recording = RecordedServers.recording(replay.get().value());
            if (recording != null) {
                write(context, recording);
            }
        }
    }

    private static void write(ExtensionContext context, RecordingServed recording) throws IOException {
        Path old = TapeFiles.find(recording.name());
        Set<String> lost = old == null ? Set.of() : lost(old, recording, context.getRequiredTestClass());
        if (!recording.failed().isEmpty()) {
            LOG.warn("{} was not written: {} failed", TapeFiles.text(recording.name()), names(recording.failed()));
        } else if (!lost.isEmpty()) {
            LOG.warn(
                    "{} was left as it is: it also holds {}, not run now; run the whole class, or delete the tape",
                    old,
                    names(lost));
        } else {
            Path tape = recording.write();
            if (tape != null) {
                context.publishReportEntry("pgreel", "recorded " + tape);
            }
        }
    }

    private static String names(Set<String> chapters) {
        return String.join(", ", new TreeSet<>(chapters));
    }

    /** Returns the chapters of the old tape that the new one would not have, although their tests are still there. */
    private static Set<String> lost(Path old, RecordingServed recording, Class<?> tests) {
        var lost = new TreeSet<>(TapeServed.chapters(old));
        lost.remove(TestChapter.STARTUP.name());
        lost.removeAll(recording.recorded());
        String mine = tests.getName().substring(tests.getName().lastIndexOf('.') + 1) + ".";
        lost.removeIf(chapter -> chapter.startsWith(mine) && !isTest(tests, chapter.substring(mine.length())));
        return lost;
    }

    private static boolean isTest(Class<?> tests, String chapter) {
        String method = chapter.replaceFirst("-\\d+$", "");
        return Arrays.stream(tests.getDeclaredMethods()).map(Method::getName).anyMatch(method::equals);
    }
}
