package org.pgreel.recorder.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.journal.JournalDamagedException;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.journal.NotAJournalException;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;

/** A tape that someone else made, or that was damaged, ends in one sentence that names file and place. */
class HostileTapeTest {

    private static final int BLOCK_HEADER_BYTES = BlockHeader.bytes(BinaryTape.VERSION);

    @TempDir
    Path directory;

    private static byte[] tape(TapeForm form) throws IOException {
        var out = new ByteArrayOutputStream();
        try (TapeWriter writer = Tapes.writer(out, form)) {
            for (Iterable<SessionEvent> session : GeneratedSessions.events(new GeneratedSessions(3).recorded(3))) {
                writer.session(session);
            }
            writer.finish();
        }
        return out.toByteArray();
    }

    private static void readAll(Path file) {
        for (RecordedSession session : Recordings.open(file).sessions()) {
            try {
                session.messages().forEach(message -> {});
            } catch (JournalDamagedException e) {
                assertThat(session.firstBad()).isNotNull();
            }
        }
    }

    private Path file(byte[] bytes) throws IOException {
        Path file = directory.resolve("x.tape");
        Files.write(file, bytes);
        return file;
    }

    @Test
    void anyChangedByteOfABinaryTapeIsTold() throws IOException {
        byte[] tape = tape(TapeForm.BINARY);
        for (int at = 0; at < tape.length; at++) {
            byte[] changed = tape.clone();
            changed[at] ^= 0x11;
            Path file = file(changed);
            assertThatThrownBy(() -> Recordings.open(file))
                    .as("byte %d", at)
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("x.tape");
        }
    }

    @Test
    void anyCutOfABinaryTapeIsTold() throws IOException {
        byte[] tape = tape(TapeForm.BINARY);
        for (int length = 0; length < tape.length; length++) {
            Path file = file(Arrays.copyOf(tape, length));
            assertThatThrownBy(() -> Recordings.open(file))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("x.tape");
        }
        Path longer = file(Arrays.copyOf(tape, tape.length + 1));
        assertThatThrownBy(() -> Recordings.open(longer)).hasMessageContaining("something follows the end of the tape");
    }

    /** Whoever makes a tape on purpose gives it the hash that fits. */
    private static byte[] rehashed(byte[] tape) throws NoSuchAlgorithmException {
        int end = tape.length - 32;
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(tape, end));
        System.arraycopy(hash, 0, tape, end, hash.length);
        return tape;
    }

    /** Unpacks the only block, lets a change happen to it, and packs it again. */
    private static byte[] meddled(Random random) throws Exception {
        byte[] tape = tape(TapeForm.BINARY);
        ByteBuffer head = ByteBuffer.wrap(tape, 17, BLOCK_HEADER_BYTES);
        var header = BlockHeader.of(BinaryTape.VERSION, head.slice());
        byte[] packed = Arrays.copyOfRange(tape, 17 + BLOCK_HEADER_BYTES, tape.length - BinaryTape.END_BYTES);
        byte[] bytes = BlockUnpacking.unpacked(BinaryTape.VERSION, packed, header);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        var blocks = new ByteArrayOutputStream();
        int from = 0;
        for (int length : header.parts()) {
            try (var deflater = new DeflaterOutputStream(blocks)) {
                deflater.write(bytes, from, length);
            }
            from += length;
        }
        int end = tape.length - BinaryTape.END_BYTES;
        var out = ByteBuffer.allocate(17 + BLOCK_HEADER_BYTES + blocks.size() + BinaryTape.END_BYTES);
        out.put(tape, 0, 17 + BLOCK_HEADER_BYTES - 4).putInt(blocks.size()).put(blocks.toByteArray());
        return rehashed(out.put(tape, end, BinaryTape.END_BYTES).array());
    }

    @Property(tries = 400)
    void aTapeMadeOnPurposeIsReadOrRefused(@ForAll long seed) throws Exception {
        Path file = Files.createTempFile("hostile", ".tape");
        try {
            Files.write(file, meddled(new Random(seed)));
            readAll(file);
        } catch (JournalException e) {
            assertThat(e).hasMessageContaining(file.toString());
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 300)
    void aTextTapeWithAnyChangeIsReadOrRefused(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        byte[] tape = tape(TapeForm.TEXT);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(tape.length);
            tape[at] = random.nextBoolean() ? (byte) random.nextInt() : tape[random.nextInt(tape.length)];
        }
        Path file = Files.createTempFile("hostile", ".pgreel");
        try {
            Files.write(file, tape);
            readAll(file);
        } catch (JournalException e) {
            assertThat(e).hasMessageContaining(file.toString());
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void aLengthIsCheckedBeforeMemoryIsTaken() throws Exception {
        byte[] tape = tape(TapeForm.BINARY);
        ByteBuffer.wrap(tape).putInt(21, Integer.MAX_VALUE);
        Path file = file(rehashed(tape));
        assertThatThrownBy(() -> Recordings.open(file))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("x.tape, byte 61")
                .hasMessageContaining("announces 2147483647 bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '/',
            quoteCharacter = '`',
            value = {
                "tape 2/line 1/`the tape is of version 2; this program knows version 1`",
                "tape one/line 1/the version is a number",
                "tape 1\\nF Sync/line 2/a line belongs to no session",
                "tape 1\\nsession 2/line 2/session 2 stands where session 1 is due",
                "tape 1\\nsession 1 proxi/line 2/`\"proxi\" is not where it was recorded; expected one of client, proxy`",
                "tape 1\\nsession 1\\nF Syn/line 3/did you mean Sync",
                "tape 1\\nsession 1\\nF Sync\\n| 7/line 4/bytes are missing",
                "tape 1\\nsession 1\\n|/line 3/names its side",
                "tape 1\\nsession 1\\n+x F Sync/line 3/is no time",
                "tape 1\\nsession 1\\nF silent 3s/line 3/is for scripts",
                "tape 1\\nsession 1\\n@ pgNothing/line 3/is no callback",
            })
    void whatIsWrongWithATextTapeIsToldWithItsLine(String text, String place, String problem) throws IOException {
        Path file = file(text.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> readAll(file))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("x.tape, " + place)
                .hasMessageContaining(problem);
    }

    @Test
    void whatIsNoTapeIsNone() throws IOException {
        Path file = file("F Sync\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Recordings.open(file))
                .isInstanceOf(NotAJournalException.class)
                .hasMessageContaining("x.tape is no tape");
    }

    @Test
    void aTapeOfAFewLinesIsEnough() throws IOException {
        Path file = file("""
                # written by hand
                tape 1
                session 1
                F connect
                F StartupMessage 3.0 user="ada"
                B AuthenticationOk
                B ReadyForQuery I
                F Query "select 1"
                B CommandComplete "SELECT 0"
                B ReadyForQuery I
                F Terminate
                F eof
                closed client fin
                """.getBytes(StandardCharsets.UTF_8));
        var recording = Recordings.open(file);
        assertThat(recording.verification().complete()).isTrue();
        assertThat(recording.sessions().get(0).messages()).hasSize(7);
    }
}
