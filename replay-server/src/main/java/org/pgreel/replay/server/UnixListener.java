package org.pgreel.replay.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Unix domain socket on which a played server listens beside its port. Its file goes with it. */
final class UnixListener {
    private static final Logger LOG = LoggerFactory.getLogger(UnixListener.class);
    private static final String CHANNEL = "io.netty.channel.socket.nio.NioServerDomainSocketChannel";

    private final Channel listener;
    private final Path socket;

    private UnixListener(Channel listener, Path socket) {
        this.listener = listener;
        this.socket = socket;
    }

    /**
     * Starts to listen.
     *
     * @param bootstrap knows the loop and what a client's channel is made of
     * @param socket a file that does not exist yet, in a directory that does
     * @throws IOException if it cannot be made; the message says which and why
     */
    static UnixListener start(ServerBootstrap bootstrap, Path socket) throws IOException {
        var bound = bootstrap
                .channel(channel())
                .bind(UnixDomainSocketAddress.of(socket))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "Cannot listen on " + socket + ": " + bound.cause().getMessage(), bound.cause());
        }
        return new UnixListener(bound.channel(), socket);
    }

    private static Class<? extends ServerChannel> channel() throws IOException {
        try {
            return Class.forName(CHANNEL, true, UnixListener.class.getClassLoader())
                    .asSubclass(ServerChannel.class);
        } catch (ClassNotFoundException netty41) {
            throw new IOException("A server on a Unix domain socket needs Netty 4.2", netty41);
        }
    }

    void close() {
        listener.close().syncUninterruptibly();
        try {
            Files.deleteIfExists(socket);
        } catch (IOException left) {
            LOG.warn("The socket {} could not be deleted", socket, left);
        }
    }
}
