package org.pgreel.benchmarks.canned;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The canned server in a process of its own: prints its port, and lives until its standard input ends. */
public final class CannedServer {

    /** How many different rows it has; a scan repeats them. */
    public static final int KEYS = 10_000;

    private CannedServer() {}

    /**
     * Runs the server.
     *
     * @param arguments how many rows a scan gives: a multiple of {@link #KEYS}
     * @throws Exception if it cannot listen
     */
    public static void main(String[] arguments) throws Exception {
        CannedAnswers answers = new CannedAnswers(KEYS, Integer.parseInt(arguments[0]));
        boolean epoll = Epoll.isAvailable();
        EventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        Channel listening = new ServerBootstrap()
                .group(loops)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new CannedConnection(answers));
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        new PrintStream(System.out, true, StandardCharsets.UTF_8)
                .println("listening " + ((InetSocketAddress) listening.localAddress()).getPort());
        awaitEndOfInput();
        loops.shutdownGracefully().sync();
    }

    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // Nothing is asked by this way.
        }
    }
}
