package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.recorder.Conversations.greeting;
import static org.pgreel.recorder.Conversations.startupOfAlice;

import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;

/** The JVM's flight recorder is told what a proxy has done. */
class FlightRecordingTest extends ProxyBetweenSockets {

    @Test
    void theFiguresAreAnEventOfTheFlightRecorder() throws Exception {
        CompletableFuture<RecordedEvent> seen = new CompletableFuture<>();
        try (RecordingStream stream = new RecordingStream()) {
            stream.enable("org.pgreel.RecordingProxy").withPeriod(Duration.ofMillis(50));
            stream.onEvent("org.pgreel.RecordingProxy", event -> {
                if (event.getLong("bytesRead") == greeting().length) {
                    seen.complete(event);
                }
            });
            stream.startAsync();
            try (Socket client = connect()) {
                send(client, startupOfAlice());
                try (Socket server = accept()) {
                    receive(server, startupOfAlice().length);
                    send(server, greeting());
                    receive(client, greeting().length);
                    RecordedEvent event = seen.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
                    assertThat(event.getLong("sessions")).isEqualTo(1);
                    assertThat(event.getInt("liveSessions")).isEqualTo(1);
                    assertThat(event.getLong("messagesWritten")).isEqualTo(1);
                    assertThat(event.getLong("bytesWritten")).isEqualTo(startupOfAlice().length);
                    assertThat(event.getDuration("lag")).isPositive();
                }
            }
        }
    }
}
