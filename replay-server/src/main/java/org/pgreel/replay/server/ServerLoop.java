package org.pgreel.replay.server;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The event loop of played servers: one thread, however many servers listen on it. Those of a loop that was started here
 * show the same certificate unless they are given another.
 *
 * <p>Safe for use by several threads. It is closed behind its servers, which it does not know.
 */
public final class ServerLoop implements AutoCloseable {
    private static final long CLOSE_SECONDS = 10;

    private final EventLoopGroup group = newGroup();
    private @Nullable TlsIdentity identity;

    private ServerLoop() {}

    /** Starts an event loop, whose thread does not keep the program alive. */
    public static ServerLoop start() {
        return new ServerLoop();
    }

    @SuppressWarnings("deprecation") // Netty 4.2 deprecates the only event loop that Netty 4.1 has too.
    private static EventLoopGroup newGroup() {
        return new NioEventLoopGroup(1, new DefaultThreadFactory("pgreel-replay", true));
    }

    EventLoopGroup group() {
        return group;
    }

    /** Returns the certificate that its servers show, which is made when the first of them needs one. */
    synchronized TlsIdentity identity() throws IOException {
        if (identity == null) {
            identity = TlsIdentity.selfSigned();
        }
        return identity;
    }

    /** Ends the thread; what is still open on it is closed. */
    @Override
    public void close() {
        Future<?> stopped = group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
        if (!group.next().inEventLoop()) {
            stopped.awaitUninterruptibly(2 * CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
