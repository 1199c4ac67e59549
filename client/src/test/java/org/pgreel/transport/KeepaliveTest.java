package org.pgreel.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.Keepalive;

/** What is asked of TCP's probes is what the system is told, with either kind of sockets. */
@Timeout(30)
class KeepaliveTest {

    private static final Keepalive WANTED =
            new Keepalive(true, Duration.ofSeconds(61), Duration.ofSeconds(7), 4, Duration.ofMillis(12_345));

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSystemIsToldWhatIsAskedFor(boolean nativeSockets) throws Exception {
        Assumptions.assumeTrue(!nativeSockets || EpollSockets.present(), "there is no epoll on this machine");
        SocketKind kind = SocketKind.best(nativeSockets);
        Map<ChannelOption<Integer>, Integer> options = kind.keepalive(WANTED);
        EventLoopGroup loops = kind.newEventLoops(1, new NamedThreads("keepalive-test"));
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Bootstrap bootstrap =
                    new Bootstrap().group(loops).channel(kind.tcpChannel()).handler(new ChannelInboundHandlerAdapter());
            options.forEach(bootstrap::option);
            Channel channel = bootstrap
                    .connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()))
                    .sync()
                    .channel();

            assertThat(options).hasSize(nativeSockets ? 4 : 3);
            options.forEach((option, value) -> assertThat(channel.config().getOption(option))
                    .as(option.name())
                    .isEqualTo(value));
            channel.close().sync();
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void whatIsLeftToTheSystemIsNotTold() {
        assertThat(new NioSockets().keepalive(Keepalive.STANDARD)).isEmpty();
    }

    @Test
    void whatNoSystemTakesIsRefused() {
        assertThatThrownBy(() -> new Keepalive(true, Duration.ofSeconds(-1), Duration.ZERO, 0, Duration.ZERO))
                .hasMessageContaining("keepalives_idle");
        assertThatThrownBy(() -> new Keepalive(true, Duration.ZERO, Duration.ZERO, -1, Duration.ZERO))
                .hasMessageContaining("keepalives_count");
        assertThatThrownBy(() -> new Keepalive(true, Duration.ZERO, Duration.ZERO, 0, Duration.ofDays(10_000)))
                .hasMessageContaining("tcp_user_timeout");
    }
}
