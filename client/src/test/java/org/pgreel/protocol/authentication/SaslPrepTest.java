package org.pgreel.protocol.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaslPrepTest {

    /** RFC 4013, section 3. */
    @ParameterizedTest
    @CsvSource({"'I\u00ADX', IX", "user, user", "USER, USER", "'\u00AA', a", "'\u2168', IX"})
    void theExamplesOfTheRfcArePreparedAsItSays(String text, String prepared) {
        assertThat(SaslPrep.prepare(text)).contains(prepared);
    }

    /** RFC 4013, section 3: a prohibited character, and text of both directions. */
    @ParameterizedTest
    @ValueSource(strings = {"\u00A0\u0007", "\u06271", "\uE000", "\uFFFD", "\u2FF0", "\uDB40\uDC01"})
    void prohibitedTextIsRefused(String text) {
        assertThat(SaslPrep.prepare(text)).isEmpty();
    }

    @Test
    void aSpaceThatIsNotAsciiBecomesOneThatIs() {
        assertThat(SaslPrep.prepare("a\u00A0b")).contains("a b");
    }

    @Test
    void asciiIsNeverChangedNotEvenControlCharacters() {
        assertThat(SaslPrep.prepare("a\u0007b")).contains("a\u0007b");
    }

    @Test
    void textFromRightToLeftIsAllowedWhenNothingElseIsInIt() {
        assertThat(SaslPrep.prepare("\u0627\u0628")).contains("\u0627\u0628");
        assertThat(SaslPrep.prepare("\u06271\u0628")).contains("\u06271\u0628");
        assertThat(SaslPrep.prepare("\u0627a\u0628")).isEmpty();
    }

    @Test
    void whatUnicode32DoesNotAssignIsRefused() {
        assertThat(SaslPrep.prepare("\u0221")).as("assigned by Unicode 4.0").isEmpty();
        assertThat(SaslPrep.prepare("pass\uD83D\uDE00")).as("an emoji").isEmpty();
    }

    @Test
    void aTextOfWhichNothingIsLeftIsRefused() {
        assertThat(SaslPrep.prepare("\u00AD")).isEmpty();
        assertThat(SaslPrep.prepare("")).isEmpty();
    }

    @Test
    void aPasswordThatCannotBePreparedIsTakenAsItIs() {
        assertThat(SaslPrep.passwordBytes("pass\uD83D\uDE00")).isEqualTo("pass\uD83D\uDE00".getBytes(UTF_8));
        assertThat(SaslPrep.passwordBytes("\u2168")).isEqualTo("IX".getBytes(UTF_8));
    }
}
