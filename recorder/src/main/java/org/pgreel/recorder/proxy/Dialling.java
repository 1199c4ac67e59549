package org.pgreel.recorder.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.recorder.proxy.BindingChoice.Treatment;
import org.pgreel.session.TlsSession;

/**
 * The way to the server for one client: connects, agrees on TLS, and connects anew without TLS where only that lets the
 * client log in. Confined to the client's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails on a channel comes to exceptionCaught or channelInactive.
final class Dialling {

    private final ProxiedConnection connection;
    private final ProxyContext context;
    private final BindingChoice binding;
    private final ByteBuf first;
    private boolean plaintextOnly;

    /**
     * @param clientEncrypted whether the client's leg has TLS
     * @param first what the client said first; its ownership passes
     */
    Dialling(ProxiedConnection connection, ProxyContext context, boolean clientEncrypted, ByteBuf first) {
        this.connection = connection;
        this.context = context;
        this.binding = new BindingChoice(context.settings(), clientEncrypted);
        this.first = first;
    }

    void begin(EventLoop loop) {
        Class<? extends Channel> channelType;
        SocketAddress address;
        ProxySettings settings = context.settings();
        if (settings.upstreamUnix()) {
            try {
                channelType = UnixSocket.channel();
            } catch (IOException none) {
                failed(ProxyContext.reason(none));
                return;
            }
            address = UnixDomainSocketAddress.of(
                    UnixSocket.in(Path.of(settings.upstreamHost()), settings.upstreamPort()));
        } else {
            channelType = NioSocketChannel.class;
            address = InetSocketAddress.createUnresolved(settings.upstreamHost(), settings.upstreamPort());
        }
        connect(loop, channelType, address);
    }

    private void connect(EventLoop loop, Class<? extends Channel> channelType, SocketAddress address) {
        Dialling self = this;
        new Bootstrap()
                .group(loop)
                .channel(channelType)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, context.limits().connectMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        Sockets.configure(channel.config());
                        channel.pipeline().addLast(new UpstreamHandler(self, context));
                    }
                })
                .connect(address)
                .addListener((ChannelFutureListener) done -> {
                    if (!done.isSuccess()) {
                        failed(ProxyContext.reason(done.cause()));
                    } else if (connection.isOver()) {
                        done.channel().close();
                    }
                });
    }

    /** Returns whether the connection must be left without TLS. */
    boolean plaintext(boolean loopback) {
        return plaintextOnly || binding.plaintextFromTheStart(loopback);
    }

    /** The connection is up, and encrypted as was agreed. */
    void ready(ChannelHandlerContext ctx, UpstreamHandler handler, @Nullable TlsSession agreed, boolean loopback) {
        Channel channel = ctx.channel();
        if (connection.isOver()) {
            first.release();
            channel.close();
            return;
        }
        Bytes serverHash = agreed == null ? null : agreed.endPointHash();
        Treatment treatment = agreed == null ? Treatment.PASS : binding.encrypted(serverHash, loopback);
        if (treatment == Treatment.PLAINTEXT) {
            plaintextOnly = true;
            channel.close();
            begin(channel.eventLoop());
            return;
        }
        ctx.pipeline().replace(handler, "relay", new RelayHandler(connection, channel));
        connection.upstreamReady(channel, first, agreed, treatment);
    }

    /** There is no way to the server. */
    void failed(String reason) {
        first.release();
        connection.unreachable(reason);
    }
}
