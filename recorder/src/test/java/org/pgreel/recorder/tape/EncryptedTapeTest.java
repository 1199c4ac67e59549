package org.pgreel.recorder.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.ManualClock;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.encryption.TapeKey;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.importing.ImportFormat;
import org.pgreel.recorder.importing.SessionImporter;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.journal.JournalDamagedException;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.journal.JournalReadException;
import org.pgreel.recorder.recording.ReadingProgress;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.recording.TapePack;

/** An encrypted tape is read like any other where its key is given, and not at all where it is not. */
@Timeout(60)
class EncryptedTapeTest {

    private static final TapeKey KEY = TapeKey.of("ab".repeat(32), "the test");

    @TempDir
    Path directory;

    private static Recording read(Path tape) {
        return Recordings.open(tape, () -> KEY, ReadingProgress.NONE);
    }

    private static List<List<String>> texts(Recording recording) {
        return recording.sessions().stream()
                .map(session -> {
                    var texts = new java.util.ArrayList<String>();
                    for (SessionEvent event : session.events()) {
                        texts.add(Restamped.of(event, session.number(), event.sequence())
                                .toString());
                    }
                    return List.copyOf(texts);
                })
                .toList();
    }

    @ParameterizedTest
    @EnumSource(TapeForm.class)
    void anEncryptedTapeIsReadWithItsKey(TapeForm form) throws IOException {
        InMemoryJournal journal = new GeneratedSessions(11).recorded(40);
        var recorder = new Recorder(journal, new ManualClock(), OnJournalFailure.FAIL_SESSION);
        Conversations.happen(recorder, 8_000);
        Conversations.happen(recorder, 3);
        Recording recorded = Recordings.of(journal);
        Path plain = directory.resolve("plain.tape");
        new TapePack(form).write(recorded.sessions(), plain);
        Path tape = directory.resolve("x.tape");
        TapeTotals totals = new TapePack(form).encryptedWith(KEY).write(recorded.sessions(), tape);
        assertThat(totals.bytes()).isEqualTo(Files.size(tape));
        assertThat(TapeSource.isTape(tape)).isTrue();
        assertThat(TapeForm.of(tape)).isNull();
        assertThat(new String(Files.readAllBytes(tape), StandardCharsets.ISO_8859_1))
                .doesNotContain("session 1", "alice", "select 'number");

        Recording taped = read(tape);
        assertThat(texts(taped)).isEqualTo(texts(Recordings.open(plain)));
        // Out of their order, each by itself: reading begins at a segment in the midst of the file.
        int last = recorded.sessions().size();
        for (int number : new int[] {last, 1, last - 1}) {
            RecordedSession session = taped.sessions().get(number - 1);
            assertThat(session.messages())
                    .hasSameSizeAs(recorded.sessions().get(number - 1).messages());
        }
        var back = new InMemoryJournal("another run");
        assertThat(SessionImporter.run(ImportFormat.TAPE, tape, () -> KEY, back).sessions())
                .isEqualTo(last);
        assertThat(texts(Recordings.of(back))).isEqualTo(texts(taped));
    }

    @ParameterizedTest
    @EnumSource(TapeForm.class)
    void whatIsWrongIsToldInASentence(TapeForm form) throws IOException {
        Path tape = directory.resolve("x.tape");
        new TapePack(form)
                .encryptedWith(KEY)
                .write(Recordings.of(new GeneratedSessions(3).recorded(3)).sessions(), tape);
        assertThatThrownBy(() ->
                        Recordings.open(tape, () -> TapeKey.ofVariable("PGREEL_NO_SUCH_KEY"), ReadingProgress.NONE))
                .isInstanceOf(JournalReadException.class)
                .hasMessageContaining("x.tape is encrypted. There is no key");
        assertThatThrownBy(() ->
                        Recordings.open(tape, () -> TapeKey.of("cd".repeat(32), "the test"), ReadingProgress.NONE))
                .isInstanceOf(JournalReadException.class)
                .hasMessageContaining("another key");
        byte[] whole = Files.readAllBytes(tape);
        Files.write(tape, Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> readAll(tape))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("x.tape is damaged: segment 1")
                .hasMessageContaining("restore it from a copy");
        Files.write(tape, Arrays.copyOf(whole, 20));
        assertThatThrownBy(() -> readAll(tape))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("x.tape");
    }

    private static void readAll(Path tape) {
        for (RecordedSession session : read(tape).sessions()) {
            session.messages().forEach(message -> {});
        }
    }

    @Test
    void aTapeOfNoSessionIsEncryptedToo() throws IOException {
        Path tape = directory.resolve("x.tape");
        new TapePack(TapeForm.BINARY).encryptedWith(KEY).write(List.of(), tape);
        assertThat(read(tape).sessions()).isEmpty();
    }

    @Test
    void whereOnlyTheEncryptionIsWholeTheTapeIsStillChecked() throws IOException {
        Path tape = directory.resolve("x.tape");
        try (var out = new org.pgreel.recorder.encryption.EncryptingOutput(Files.newOutputStream(tape), KEY)) {
            out.write("no tape at all".getBytes(StandardCharsets.UTF_8));
            out.finish();
        }
        assertThatThrownBy(() -> read(tape)).hasMessageContaining("x.tape is no tape");
    }
}
