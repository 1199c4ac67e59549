package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.recorder.Conversations.startupOfAlice;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.recorder.event.SessionClosed;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;

/** A side that is lost while the other still has something to say to it; both are sockets of this test. */
class ProxyLossesTest extends ProxyBetweenSockets {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatSpeaksHearsThatTheClientIsGone(boolean clientHadFinished) throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        Socket client = new Socket();
        client.setReceiveBufferSize(16 * 1024);
        client.connect(proxy.address(), WAIT_MILLIS);
        client.setSoTimeout(WAIT_MILLIS);
        send(client, startupOfAlice());
        if (clientHadFinished) {
            client.shutdownOutput();
        }
        try (Socket server = accept()) {
            receive(server, startupOfAlice().length);
            Thread speaker = new Thread(() -> heard.complete(speakUntilTheEnd(server)));
            speaker.setDaemon(true);
            speaker.start();
            receive(client, 1024);
            client.close();
            assertThat(heard.get(WAIT_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo("SocketException");
            SessionClosed end = awaitEnd(1);
            assertThat(end.how()).isEqualTo(EndKind.RESET);
            assertThat(end.by()).isEqualTo(By.CLIENT);
        }
    }

    /** Says more than all buffers between the two can hold. */
    private static String speakUntilTheEnd(Socket server) {
        byte[] block = new byte[64 * 1024];
        try {
            for (int i = 0; i < 4096; i++) {
                send(server, block);
            }
            return "nothing";
        } catch (SocketException e) {
            return "SocketException";
        } catch (IOException e) {
            return e.toString();
        }
    }
}
