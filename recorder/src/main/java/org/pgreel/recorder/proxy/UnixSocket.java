package org.pgreel.recorder.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;

/** A Unix domain socket on which a proxy listens beside its port. Its file is the owner's alone, and goes with it. */
final class UnixSocket {

    private static final String SERVER_CHANNEL = "io.netty.channel.socket.nio.NioServerDomainSocketChannel";
    private static final String CHANNEL = "io.netty.channel.socket.nio.NioDomainSocketChannel";

    private final Channel listener;
    private final Path file;

    private UnixSocket(Channel listener, Path file) {
        this.listener = listener;
        this.file = file;
    }

    /** Returns the socket of a server in a directory, as libpq names it. */
    static Path in(Path directory, int port) {
        return directory.resolve(".s.PGSQL." + port);
    }

    /**
     * Starts to listen. A socket that a dead process has left is replaced.
     *
     * @param bootstrap knows the loops and what a client's channel is made of
     * @param file of the socket, in a directory that exists
     * @throws IOException if it cannot be made; the message says which and why
     */
    static UnixSocket listen(ServerBootstrap bootstrap, Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            clear(file);
        }
        var bound = bootstrap
                .channel(channel(SERVER_CHANNEL, ServerChannel.class))
                .bind(UnixDomainSocketAddress.of(file))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "Cannot listen on " + file + ": " + ProxyContext.reason(bound.cause()) + ".", bound.cause());
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return new UnixSocket(bound.channel(), file);
    }

    /** Deletes a socket on which nobody listens. */
    private static void clear(Path file) throws IOException {
        if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new IOException("Cannot listen on " + file + ": there is a file that is no socket.");
        }
        try {
            SocketChannel.open(UnixDomainSocketAddress.of(file)).close();
        } catch (ConnectException nobody) {
            Files.deleteIfExists(file);
            return;
        }
        throw new IOException("Cannot listen on " + file + ": another process does.");
    }

    /** Returns the channel type of a connection to a server's socket. */
    static Class<? extends Channel> channel() throws IOException {
        return channel(CHANNEL, Channel.class);
    }

    private static <T> Class<? extends T> channel(String name, Class<T> kind) throws IOException {
        try {
            return Class.forName(name, true, UnixSocket.class.getClassLoader()).asSubclass(kind);
        } catch (ClassNotFoundException netty41) {
            throw new IOException("A Unix domain socket needs Netty 4.2.", netty41);
        }
    }

    void close(Consumer<String> problems) {
        listener.close().syncUninterruptibly();
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            problems.accept("The socket " + file + " could not be deleted (" + ProxyContext.reason(left) + ").");
        }
    }
}
