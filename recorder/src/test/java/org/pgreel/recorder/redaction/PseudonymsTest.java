package org.pgreel.recorder.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.protocol.wire.Bytes;

/** Pseudonyms keep form and length, no two values meet, and a value has one, in text as in binary. */
class PseudonymsTest {

    private static final RedactionKey KEY = RedactionKey.of("a key for tests, not secret");
    private final Pseudonyms pseudonyms = new Pseudonyms(KEY);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.org",
                "+49 170 1234567",
                "12345",
                "-2147483648",
                "9223372036854775807",
                "0012345",
                "1234.50",
                "3b241101-e2bb-4255-8caf-4136c566a962",
                "2026-11-21",
                "2026-11-21 10:15:30.5",
                "2026-11-21 23:15:30+05:30",
                "\\x00ff10ab",
                "Jürgen Ångström",
                "Привет мир",
                "日本語テキスト"
            })
    void formAndLengthStay(String value) {
        String pseudonym = pseudonyms.text(value);
        assertThat(pseudonym).isNotEqualTo(value);
        assertThat(pseudonym.getBytes(StandardCharsets.UTF_8)).hasSameSizeAs(value.getBytes(StandardCharsets.UTF_8));
        assertThat(shape(pseudonym)).isEqualTo(shape(value));
        assertThat(new Pseudonyms(KEY).text(value)).isEqualTo(pseudonym);
        assertThat(new Pseudonyms(RedactionKey.of("another key for tests")).text(value))
                .isNotEqualTo(pseudonym);
    }

    private static String shape(String text) {
        String words = text.matches("\\\\x.*|[0-9a-f-]{36}") ? text.replaceAll("[a-f]", "0") : text;
        return words.replaceAll("[0-9]", "0").replaceAll("[\\p{L}]", "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "42", "1234", "t", "Al", "M", "7.25", "\\xff", "-"})
    void whatCannotHideIsRefused(String value) {
        assertThatThrownBy(() -> pseudonyms.text(value)).isInstanceOf(TooFewValuesException.class);
    }

    @Test
    void allNumbersOfFiveDigitsGetOthers() {
        Set<String> seen = new HashSet<>();
        for (int i = 10_000; i < 100_000; i++) {
            String pseudonym = pseudonyms.text(Integer.toString(i));
            assertThat(i <= Short.MAX_VALUE).isEqualTo(Integer.parseInt(pseudonym) <= Short.MAX_VALUE);
            seen.add(pseudonym);
        }
        assertThat(seen).hasSize(90_000);
    }

    @Test
    void allTextsOfThreeLettersGetOthers() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 26 * 26 * 26; i++) {
            seen.add(pseudonyms.text("" + (char) ('A' + i / 676) + (char) ('a' + i / 26 % 26) + (char) ('a' + i % 26)));
        }
        assertThat(seen).hasSize(26 * 26 * 26);
    }

    @Property(tries = 300)
    void distinctTextsStayDistinctAndValid(
            @ForAll @StringLength(min = 4, max = 200) String one, @ForAll @IntRange(max = 199) int at) {
        int place = at % one.length();
        String other = one.substring(0, place) + (char) (one.charAt(place) ^ 1) + one.substring(place + 1);
        try {
            String first = pseudonyms.text(one);
            String second = pseudonyms.text(other);
            assertThat(first.equals(second)).isEqualTo(one.equals(other));
            assertThat(first.getBytes(StandardCharsets.UTF_8)).hasSameSizeAs(one.getBytes(StandardCharsets.UTF_8));
        } catch (TooFewValuesException e) {
            assertThat(e.what()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"23,1234567,4", "20,12345678901,8", "20,-9223372036854775808,8", "21,12345,2", "26,4000000000,4"})
    void anIntegerHasOnePseudonymInTextAndBinary(int type, String number, int length) {
        byte[] all = ByteBuffer.allocate(16)
                .putLong(8, new BigInteger(number).longValue())
                .array();
        Bytes binary = Bytes.copyOf(all, 16 - length, 16);
        Bytes pseudonym = pseudonyms.binary(binary, type);
        assertThat(pseudonym.length()).isEqualTo(length);
        BigInteger back = type == 26 ? new BigInteger(1, pseudonym.toArray()) : new BigInteger(pseudonym.toArray());
        assertThat(back).hasToString(pseudonyms.text(number));
    }

    @Test
    void otherTypesHaveOnePseudonymInTextAndBinary() {
        String uuid = "3b241101-e2bb-4255-8caf-4136c566a962";
        assertThat(pseudonyms.binary(Bytes.ofHex(uuid.replace("-", "")), 2950).hex())
                .isEqualTo(pseudonyms.text(uuid).replace("-", ""));
        assertThat(pseudonyms.binary(Bytes.ofHex("00ff10ab"), 17).hex())
                .isEqualTo(pseudonyms.text("\\x00ff10ab").substring(2));
        // 2026-11-21 is day 9821 since 2000.
        String date = pseudonyms.text("2026-11-21");
        int day = ByteBuffer.wrap(
                        pseudonyms.binary(Bytes.ofHex("0000265d"), 1082).toArray())
                .getInt();
        assertThat(LocalDate.of(2000, 1, 1).plusDays(day)).hasToString(date);
        assertThat(pseudonyms.text("2026-11-22 04:45:30+05:30").substring(10)).isEqualTo(" 04:45:30+05:30");
        assertThat(List.of(pseudonyms.text("2026-11-21 10:00:00").substring(0, 10)))
                .containsExactly(date);
        assertThatThrownBy(() -> pseudonyms.binary(Bytes.ofHex("00"), 1700)).isInstanceOf(TooFewValuesException.class);
    }

    @Test
    void aShortKeyIsRefused() {
        assertThatThrownBy(() -> RedactionKey.of("short"))
                .isInstanceOf(RedactionException.class)
                .hasMessageContaining("16 bytes at least");
    }
}
