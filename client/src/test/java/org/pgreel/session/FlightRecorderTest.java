package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.error;
import static org.pgreel.session.Messages.row;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a session leaves in the flight recorder of the Java virtual machine. */
@Timeout(60)
class FlightRecorderTest {

    @Test
    void aLifeLeavesItsEvents(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("session.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("org.pgreel.Connect").withThreshold(Duration.ZERO);
            recording.enable("org.pgreel.Operation").withThreshold(Duration.ZERO);
            recording.enable("org.pgreel.Violation");
            recording.enable("org.pgreel.Shutdown");
            recording.start();
            SessionRig rig = SessionRig.with(o -> o.host("flight.example")).ready();
            rig.query("select 1/0").receive(error("ERROR", "22012"), IDLE);
            rig.query("select 1").receive(row("unasked for"));
            recording.stop();
            recording.dump(file);
        }

        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> "flight.example:5432".equals(event.getString("server")))
                .toList();
        assertThat(events)
                .extracting(event -> event.getEventType().getName())
                .containsExactlyInAnyOrder(
                        "org.pgreel.Connect",
                        "org.pgreel.Operation",
                        "org.pgreel.Operation",
                        "org.pgreel.Violation",
                        "org.pgreel.Shutdown");
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("org.pgreel.Operation"))
                .extracting(event -> event.getString("failure") + " " + event.getString("sqlState"))
                .containsExactlyInAnyOrder("ServerError 22012", "ProtocolViolation null");
        assertThat(events.toString()).doesNotContain("1/0");
    }
}
