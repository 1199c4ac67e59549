package org.pgreel.junit;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.platform.commons.support.AnnotationSupport;
import org.pgreel.replay.play.Chunking;

/** Where the servers of the tests that are running are kept: that of a method in its store, a shared one in its class's. */
final class TestServers {
    private static final Namespace NAMESPACE = Namespace.create(TestServers.class);
    private static final String CURRENT = "current ";
    private static final String BEGUN = "begun ";
    private static final String CHUNKING = "chunking";

    private TestServers() {}

    /** A server in a store; a JUnit that closes what its stores hold closes it. */
    static final class Held implements AutoCloseable {
        private final ReplayServer server;
        private final boolean shared;
        private final boolean ends;

        /**
         * @param shared whether the tests of a class share it
         * @param ends whether it ends with its test or class
         */
        Held(ReplayServer server, boolean shared, boolean ends) {
            this.server = server;
            this.shared = shared;
            this.ends = ends;
        }

        ReplayServer server() {
            return server;
        }

        /** Tells whether the tests of a class share it. */
        boolean shared() {
            return shared;
        }

        @Override
        public void close() {
            if (ends) {
                server.stop();
            }
        }
    }

    /** The server on which a test's run has begun: it outlives the test's store if it is shared. */
    private record Begun(Held held) {}

    static Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }

    /** Returns the server that is meant at that place; null if no script and no scenario stands there. */
    static @Nullable Held find(ExtensionContext context) {
        var method = context.getTestMethod().orElse(null);
        if (method != null && ServerPlan.isPlanned(method)) {
            Held recorded = recorded(method, context);
            if (recorded != null) {
                return recorded;
            }
            return store(context)
                    .getOrComputeIfAbsent(method, key -> held(ServerPlan.of(method), context, false), Held.class);
        }
        for (ExtensionContext place = context;
                place != null;
                place = place.getParent().orElse(null)) {
            Class<?> owner = place.getTestClass().orElse(null);
            boolean itsOwn = place.getTestMethod().isEmpty();
            if (itsOwn && owner != null && ServerPlan.isPlanned(owner)) {
                Held recorded = recorded(owner, context);
                if (recorded != null) {
                    return recorded;
                }
                return store(place)
                        .getOrComputeIfAbsent(owner, key -> held(ServerPlan.of(owner), context, true), Held.class);
            }
        }
        return null;
    }

    /** Returns the server of the recording that is named there, which no test ends; null if none is. */
    private static @Nullable Held recorded(AnnotatedElement element, ExtensionContext context) {
        ServerPlan.requireOne(element);
        return AnnotationSupport.findAnnotation(element, Replay.class)
                .map(replay -> new Held(RecordedServers.of(replay, context.getRequiredTestClass()), true, false))
                .orElse(null);
    }

    private static Held held(@Nullable ServerPlan plan, ExtensionContext context, boolean shared) {
        if (plan == null) {
            throw new AssertionError("A planned place has a plan, please report this");
        }
        return new Held(new ReplayServer(plan, RunSettings.seed(context)), shared, true);
    }

    /** Returns the server that the class itself has for its tests; null if none. */
    static @Nullable Held ofClass(ExtensionContext context) {
        return context.getTestClass()
                .map(owner -> store(context).get(owner, Held.class))
                .orElse(null);
    }

    /** Begins a run for the test, with the chunking that is asked for. */
    static void begin(ExtensionContext context, ReplayServer server) {
        Chunking asked = store(context).get(CHUNKING, Chunking.class);
        server.begin(
                asked != null ? asked : RunSettings.chunking(context).orElse(Chunking.WHOLE), TestChapter.of(context));
        current(context).add(server);
    }

    /** Begins a run for the test on the server that is meant for it, if there is one. */
    static void begin(ExtensionContext context) {
        Held held = find(context);
        if (held != null) {
            begin(context, held.server());
            store(context).put(BEGUN + context.getUniqueId(), new Begun(held));
        }
    }

    /** Returns the server on which the test's run has begun; null if none has. */
    static @Nullable Held begun(ExtensionContext context) {
        Begun begun = store(context).get(BEGUN + context.getUniqueId(), Begun.class);
        return begun == null ? null : begun.held();
    }

    /** Returns the servers whose run the test is. */
    @SuppressWarnings("unchecked") // Only such lists are put there.
    private static List<ReplayServer> current(ExtensionContext context) {
        return store(context)
                .getOrComputeIfAbsent(CURRENT + context.getUniqueId(), key -> new ArrayList<>(), List.class);
    }

    /** Has the writes of the test's run cut so. */
    static void cut(ExtensionContext context, Chunking chunking) {
        store(context).put(CHUNKING, chunking);
        current(context).forEach(server -> server.begin(chunking, TestChapter.of(context)));
    }
}
