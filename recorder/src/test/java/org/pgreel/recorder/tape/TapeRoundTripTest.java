package org.pgreel.recorder.tape;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.ManualClock;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.recording.TapePack;
import org.pgreel.recorder.verify.SessionState;

/** What a tape gives back is what was packed, event by event. */
class TapeRoundTripTest {

    private static Path file(String suffix) throws IOException {
        Path file = Files.createTempFile("pgreel-tape", suffix);
        file.toFile().deleteOnExit();
        return file;
    }

    private static byte[] tape(TapeForm form, List<? extends Iterable<SessionEvent>> sessions) throws IOException {
        var out = new ByteArrayOutputStream();
        try (TapeWriter writer = Tapes.writer(out, form)) {
            for (Iterable<SessionEvent> session : sessions) {
                writer.session(session);
            }
            TapeTotals totals = writer.finish();
            assertThat(totals.sessions()).isEqualTo(sessions.size());
            assertThat(totals.bytes()).isEqualTo(out.size());
        }
        return out.toByteArray();
    }

    /** Reads a tape and gives its events the session they had. */
    private static List<List<SessionEvent>> read(byte[] tape, List<List<SessionEvent>> like) throws IOException {
        Path file = file(".tape");
        Files.write(file, tape);
        List<List<SessionEvent>> all = new ArrayList<>();
        for (RecordedSession session : Recordings.open(file).sessions()) {
            long id = like.get(all.size()).get(0).session();
            List<SessionEvent> events = new ArrayList<>();
            session.events().forEach(event -> events.add(Restamped.of(event, id, event.sequence())));
            all.add(events);
        }
        Files.delete(file);
        return all;
    }

    @Property(tries = 100)
    void whatARecorderWroteComesBackFromBothForms(@ForAll long seed) throws IOException {
        List<List<SessionEvent>> sessions =
                GeneratedSessions.events(new GeneratedSessions(seed).recorded(1 + (int) Math.floorMod(seed, 4L)));
        for (TapeForm form : TapeForm.values()) {
            byte[] tape = tape(form, sessions);
            assertThat(read(tape, sessions)).as("%s", form).isEqualTo(sessions);
            assertThat(tape(form, sessions)).isEqualTo(tape);
        }
    }

    @Property(tries = 150)
    void whatNoRecorderWouldWriteComesBackToo(@ForAll long seed) throws IOException {
        List<List<SessionEvent>> sessions = List.of(new GeneratedSessions(seed).strange());
        for (TapeForm form : TapeForm.values()) {
            assertThat(read(tape(form, sessions), sessions)).as("%s", form).isEqualTo(sessions);
        }
    }

    @ParameterizedTest
    @EnumSource(TapeForm.class)
    void aTapeComesBackIntoAJournal(TapeForm form) throws IOException {
        InMemoryJournal journal = new GeneratedSessions(5).recorded(12);
        Path file = file(".tape");
        new TapePack(form).withExactTimes().write(Recordings.of(journal).sessions(), file);
        assertThat(TapeForm.of(file)).isEqualTo(form);
        var back = new InMemoryJournal("another run");
        for (RecordedSession session : Recordings.open(file).sessions()) {
            assertThat(Tapes.append(session.events(), back)).isEqualTo(session.eventCount());
        }
        assertThat(GeneratedSessions.events(back)).isEqualTo(GeneratedSessions.events(journal));
    }

    @Test
    void aSecretKeepsItsPlaceAndItsLength() throws IOException {
        InMemoryJournal journal = new GeneratedSessions(2).recorded(20);
        String text = new String(tape(TapeForm.TEXT, GeneratedSessions.events(journal)), StandardCharsets.UTF_8);
        assertThat(text)
                .startsWith("tape 1\n\nsession 1 proxy opened=\"2026-11-21T10:00:00Z\" clock=1000 run=\"run\"")
                .contains("F PasswordMessage <secret:7>\n", "B BackendKeyData 4711 <secret:4>\n")
                .doesNotContain("hunter2");
    }

    @Test
    void aLongSessionTakesSeveralBlocks() throws IOException {
        InMemoryJournal journal = new InMemoryJournal("run");
        var recorder = new Recorder(journal, new ManualClock(), OnJournalFailure.FAIL_SESSION);
        for (int i = 0; i < 3; i++) {
            Conversations.happen(recorder, 12_000);
            Conversations.happen(recorder, 1);
        }
        List<List<SessionEvent>> sessions = GeneratedSessions.events(journal);
        for (TapeForm form : TapeForm.values()) {
            Path file = file(".tape");
            Files.write(file, tape(form, sessions));
            Recording recording = Recordings.open(file);
            assertThat(recording.verification().complete()).isTrue();
            // Sessions are read out of their order, each by itself.
            for (int number : new int[] {6, 1, 4}) {
                assertThat(recording.sessions().get(number - 1).state()).isEqualTo(SessionState.WHOLE);
                List<SessionEvent> events = new ArrayList<>();
                recording.sessions().get(number - 1).events().forEach(events::add);
                assertThat(events)
                        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("session")
                        .hasSameSizeAs(sessions.get(number - 1));
            }
            Files.delete(file);
        }
    }
}
