package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.recorder.Conversations.bytes;
import static org.pgreel.recorder.Conversations.startupOfAlice;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pgreel.client.SslMode;
import org.pgreel.recorder.Recorder;

/** A side that takes nothing of what the other said does not keep the connection for ever after its end. */
class ProxyStallsTest extends ProxyBetweenSockets {

    private static final String REFUSED = "nobody can write this down";

    @Test
    void aClientThatReadsNothingLosesItsConnectionSomeTimeAfterItsEnd() throws Exception {
        proxy.close();
        proxy = RecordingProxy.builder(new Recorder(new RefusingJournal(REFUSED)), "127.0.0.1", upstream.getLocalPort())
                .upstreamSslMode(SslMode.DISABLE)
                .limits(ProxyLimits.DEFAULTS.lastBytes(Duration.ofMillis(200)))
                .onProblem(problems::add)
                .start();
        try (Socket client = new Socket()) {
            client.setReceiveBufferSize(16 * 1024);
            client.connect(proxy.address(), WAIT_MILLIS);
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                receive(server, startupOfAlice().length);
                bytesTakenBeforeItStalls(server);
                send(client, bytes(REFUSED));
                await("the loss of the connection", () -> isLost(client));
            }
        }
        assertThat(problems).singleElement().asString().contains("can no longer be recorded");
    }

    private static boolean isLost(Socket side) {
        try {
            send(side, new byte[1]);
            return false;
        } catch (SocketException e) {
            return true;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
