package org.pgreel.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WireTextTest {
    @Property
    void anyBytesComeBackAsTheyWere(@ForAll @Size(max = 40) byte[] bytes) {
        assertThat(WireText.encode(WireText.decode(bytes, 0, bytes.length))).isEqualTo(bytes);
    }

    @Property
    void validTextComesBackAsItWas(@ForAll int[] codePoints) {
        StringBuilder text = new StringBuilder();
        for (int codePoint : codePoints) {
            int valid = (codePoint & 0x1F_FFFF) % 0x11_0000;
            text.appendCodePoint(valid >= 0xD800 && valid <= 0xDFFF ? 'x' : valid);
        }
        byte[] bytes = WireText.encode(text.toString());

        assertThat(WireText.decode(bytes, 0, bytes.length)).isEqualTo(text.toString());
    }

    @Test
    void aByteThatIsNotUtf8BecomesALoneSurrogate() {
        byte[] latin1 = Bytes.ofHex("46 e9 74 e9 ff c3").toArray();

        String text = WireText.decode(latin1, 0, latin1.length);

        assertThat(text).isEqualTo("F\uDCE9t\uDCE9\uDCFF\uDCC3");
        assertThat(WireText.printable(text)).isEqualTo("F\uFFFDt\uFFFD\uFFFD\uFFFD");
        assertThat(WireText.hasUndecodable(text)).isTrue();
    }

    @Test
    void theReplacementCharacterItselfIsText() {
        byte[] bytes = Bytes.ofHex("efbfbd ff f09f9a80").toArray();

        String text = WireText.decode(bytes, 0, bytes.length);

        assertThat(text).isEqualTo("\uFFFD\uDCFF\uD83D\uDE80");
        assertThat(WireText.encode(text)).isEqualTo(bytes);
        assertThat(WireText.hasUndecodable("\uFFFD\uD83D\uDE80")).isFalse();
    }

    @Test
    void aSurrogateThatStandsForNoByteIsRefused() {
        for (String text : new String[] {"\uD800", "a\uDC7F", "\uDD00", "\uD83D"}) {
            assertThatThrownBy(() -> WireText.encode(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
