package org.pgreel.recorder.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was encrypted comes back with its key, from any place on; anything else is told in a sentence. */
@Timeout(120)
class EncryptedFileTest {

    private static final String DIGITS = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private static final TapeKey KEY = TapeKey.of(DIGITS, "the test");
    private static final TapeKey OTHER = TapeKey.of(DIGITS.replace('f', 'e'), "the test");
    private static final int SEALED = SegmentCipher.SEALED_BYTES;
    private static final int SEGMENT = SegmentCipher.SEGMENT_BYTES;
    private static final int HEADER = SegmentCipher.HEADER_BYTES;

    @TempDir
    Path directory;

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static byte[] encrypted(byte[] plain) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var encrypting = new EncryptingOutput(out, KEY)) {
            encrypting.write(plain);
            encrypting.finish();
        }
        return out.toByteArray();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("x.tape"), bytes);
    }

    private byte[] decrypted(byte[] file, long offset) throws IOException {
        try (InputStream in = EncryptedFile.open(file(file), () -> KEY).read(offset)) {
            return in.readAllBytes();
        }
    }

    private void assertRefused(byte[] file, String what) {
        assertThatThrownBy(() -> decrypted(file, 0))
                .as(what)
                .isInstanceOfAny(EncryptedFileException.class, TapeKeyException.class)
                .message()
                .doesNotContain(DIGITS, KEY.toString() + DIGITS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT, 3 * SEGMENT + 77})
    void whatWasEncryptedComesBackFromAnyPlaceOn(int length) throws IOException {
        byte[] plain = bytes(length);
        byte[] file = encrypted(plain);
        assertThat(file.length).isEqualTo(HEADER + length + 16 * Math.max(1, (length + SEGMENT - 1) / SEGMENT));
        for (int offset : new int[] {0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 2 * SEGMENT, length - 1, length}) {
            if (offset >= 0 && offset <= length) {
                assertThat(decrypted(file, offset))
                        .as("from %d", offset)
                        .isEqualTo(Arrays.copyOfRange(plain, offset, length));
            }
        }
        assertThat(encrypted(plain)).as("encrypted again").isNotEqualTo(file);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 2 * SEGMENT, 2 * SEGMENT + 100})
    void anyCutIsTold(int length) throws IOException {
        byte[] file = encrypted(bytes(length));
        for (int end : new int[] {
            HEADER - 1,
            HEADER,
            HEADER + 15,
            HEADER + 16,
            HEADER + 17,
            HEADER + SEALED - 1,
            HEADER + SEALED,
            HEADER + SEALED + 1,
            HEADER + SEALED + 16,
            HEADER + 2 * SEALED - 1,
            HEADER + 2 * SEALED,
            HEADER + 2 * SEALED + 16,
            file.length - 1
        }) {
            if (end < file.length) {
                assertRefused(Arrays.copyOf(file, end), "cut at byte " + end);
            }
        }
        assertRefused(Arrays.copyOf(file, file.length + 1), "a byte more");
        assertRefused(Arrays.copyOf(file, file.length + SEALED), "a segment more");
    }

    @Test
    void aFileThatWasNotFinishedReadsAsCut() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var encrypting = new EncryptingOutput(out, KEY)) {
            encrypting.write(bytes(3 * SEGMENT));
        }
        assertRefused(out.toByteArray(), "not finished");
    }

    @Test
    void segmentsThatChangedPlacesAreTold() throws IOException {
        byte[] file = encrypted(bytes(4 * SEGMENT));
        byte[] other = encrypted(bytes(4 * SEGMENT));
        for (int one = 0; one < 4; one++) {
            for (int two = one + 1; two < 4; two++) {
                byte[] swapped = file.clone();
                System.arraycopy(file, HEADER + one * SEALED, swapped, HEADER + two * SEALED, SEALED);
                System.arraycopy(file, HEADER + two * SEALED, swapped, HEADER + one * SEALED, SEALED);
                assertRefused(swapped, "segments " + one + " and " + two);
            }
            byte[] spliced = file.clone();
            System.arraycopy(other, HEADER + one * SEALED, spliced, HEADER + one * SEALED, SEALED);
            assertRefused(spliced, "segment " + one + " of another file");
            byte[] without = new byte[file.length - SEALED];
            System.arraycopy(file, 0, without, 0, HEADER + one * SEALED);
            System.arraycopy(
                    file,
                    HEADER + (one + 1) * SEALED,
                    without,
                    HEADER + one * SEALED,
                    file.length - HEADER - (one + 1) * SEALED);
            assertRefused(without, "without segment " + one);
        }
    }

    @Test
    void anyFlippedBitIsTold() throws IOException {
        byte[] file = encrypted(bytes(SEGMENT + 300));
        var random = new Random(7);
        for (int i = 0; i < 400; i++) {
            int at = i < HEADER ? i : random.nextInt(file.length);
            // What does not begin as an encrypted file is none.
            if (at >= SegmentCipher.MAGIC.length) {
                byte[] flipped = file.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                assertRefused(flipped, "byte " + at);
            }
        }
    }

    @Test
    void anotherKeyIsToldAndNeverShown() throws IOException {
        Path file = file(encrypted(bytes(100)));
        assertThatThrownBy(() -> EncryptedFile.open(file, () -> OTHER))
                .isInstanceOf(TapeKeyException.class)
                .hasMessageContaining("x.tape is encrypted with another key than the one that was given")
                .message()
                .doesNotContain(DIGITS.substring(0, 8));
        assertThatThrownBy(() -> EncryptedFile.open(file, () -> TapeKey.ofVariable("PGREEL_NO_SUCH_KEY")))
                .isInstanceOf(TapeKeyException.class)
                .hasMessageContaining("x.tape is encrypted.")
                .hasMessageContaining("the variable PGREEL_NO_SUCH_KEY is not set")
                .hasMessageContaining("openssl rand -hex 32");
        assertThat(KEY.toString()).isEqualTo("a key of tapes");
    }

    @Test
    void aKeyIsHexadecimalOrBase64() throws IOException {
        byte[] file = encrypted(bytes(9));
        String base64 = Base64.getEncoder().encodeToString(KEY.bytes());
        for (String text : new String[] {DIGITS + "\n", DIGITS.toUpperCase(java.util.Locale.ROOT), base64 + "\r\n"}) {
            TapeKey key = TapeKey.of(text, "the test");
            assertThat(EncryptedFile.open(file(file), () -> key).read(0).readAllBytes())
                    .hasSize(9);
        }
        for (String text :
                new String[] {"", "secret", DIGITS + "0", DIGITS.replace('a', 'x'), base64.replace('=', '!')}) {
            assertThatThrownBy(() -> TapeKey.of(text, "the key file k"))
                    .isInstanceOf(TapeKeyException.class)
                    .hasMessage(
                            "What the key file k holds is no key: a key of tapes is 32 bytes, as 64 hexadecimal digits"
                                    + " or in base64; make one with 'openssl rand -hex 32'.");
        }
    }

    @Test
    void aKeyFileIsForItsOwnerOnly() throws IOException {
        Path file = Files.writeString(directory.resolve("key"), DIGITS);
        for (String open : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(open));
            assertThatThrownBy(() -> TapeKey.read(file))
                    .isInstanceOf(TapeKeyException.class)
                    .hasMessageEndingWith("is open to others than its owner; run chmod 0600 on it.");
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(TapeKey.read(file).bytes()).isEqualTo(KEY.bytes());
        assertThatThrownBy(() -> TapeKey.read(directory.resolve("none")))
                .hasMessageContaining("cannot be read (NoSuchFileException); name one that is there");
    }

    @Test
    void muchIsEncryptedAndReadWithLittleMemory() throws IOException {
        int pieces = 2_000;
        byte[] piece = bytes(SEGMENT + 1);
        Path file = directory.resolve("x.tape");
        long before = allocated();
        try (OutputStream out = new EncryptingOutput(new BufferedOutputStream(Files.newOutputStream(file)), KEY)) {
            for (int i = 0; i < pieces; i++) {
                out.write(piece);
            }
            ((EncryptingOutput) out).finish();
        }
        long written = allocated() - before;
        byte[] back = new byte[piece.length];
        try (InputStream in = EncryptedFile.open(file, () -> KEY).read(0)) {
            for (int i = 0; i < pieces; i++) {
                assertThat(in.readNBytes(back, 0, back.length)).isEqualTo(back.length);
                if (!Arrays.equals(back, piece)) {
                    throw new AssertionError("piece " + i + " is another");
                }
            }
            assertThat(in.read()).isEqualTo(-1);
        }
        long total = (long) pieces * piece.length;
        assertThat(Files.size(file)).isGreaterThan(total);
        // Even what was freed at once is less than what was written.
        assertThat(written).isLessThan(total);
    }

    private static long allocated() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class)
                .getCurrentThreadAllocatedBytes();
    }
}
