package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.recorder.Conversations.bytes;
import static org.pgreel.recorder.Conversations.greeting;
import static org.pgreel.recorder.Conversations.startupOfAlice;

import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.pgreel.client.SslMode;
import org.pgreel.recorder.Recorder;

/** The proxy says nothing of its own in the middle of a message, where it would be taken for a part of that. */
class UnreadableRemarkTest extends ProxyBetweenSockets {

    private static final String REFUSED = "nobody can write this down";

    @Test
    void aSessionThatCanNoLongerBeRecordedWithinARowIsReset() throws Exception {
        proxy.close();
        proxy = RecordingProxy.builder(new Recorder(new RefusingJournal(REFUSED)), "127.0.0.1", upstream.getLocalPort())
                .upstreamSslMode(SslMode.DISABLE)
                .onProblem(problems::add)
                .start();
        try (Socket client = connect()) {
            send(client, startupOfAlice());
            try (Socket server = accept()) {
                receive(server, startupOfAlice().length);
                byte[] beginning = bytes("D\0\0\1\0" + "\0\1" + "\0\0\0\177" + "half a row, ");
                send(server, greeting());
                receive(client, greeting().length);
                send(server, beginning);
                receive(client, beginning.length);
                send(server, bytes(REFUSED));
                InputStream in = client.getInputStream();
                assertThatThrownBy(in::read).isInstanceOf(SocketException.class).hasMessageContaining("reset");
            }
        }
        assertThat(problems).singleElement().asString().contains("can no longer be recorded");
    }
}
