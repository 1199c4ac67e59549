package org.pgreel.junit;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.pgreel.replay.play.Chunking;

/** Multiplies a test under the ways to cut a stream. */
final class Fragmentations implements TestTemplateInvocationContextProvider {
    private static final List<Chunking> ALL = List.of(
            Chunking.WHOLE,
            Chunking.BYTES,
            new Chunking.FrameBoundary(-1),
            new Chunking.FrameBoundary(0),
            new Chunking.FrameBoundary(1),
            new Chunking.Seeded(1),
            new Chunking.Seeded(2),
            new Chunking.Seeded(3));

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        return RunSettings.chunking(context)
                .map(Stream::of)
                .orElseGet(ALL::stream)
                .map(Fragmented::new);
    }

    /** One way of cutting. */
    private record Fragmented(Chunking chunking) implements TestTemplateInvocationContext, BeforeEachCallback {
        @Override
        public String getDisplayName(int invocationIndex) {
            return "[" + invocationIndex + "] " + chunking.word();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        /** Comes behind the extension that has the server, to which nobody has connected yet. */
        @Override
        public void beforeEach(ExtensionContext context) {
            TestServers.cut(context, chunking);
        }
    }
}
