package org.pgreel.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BytesTest {
    @Test
    void bytesAreEqualByContent() {
        Bytes view = Bytes.wrap(new byte[] {9, 1, 2, 3, 9}, 1, 4);

        assertThat(view).isEqualTo(Bytes.ofHex("01 0203")).hasSameHashCodeAs(Bytes.ofHex("010203"));
        assertThat(view).isNotEqualTo(Bytes.ofHex("010204")).isNotEqualTo(Bytes.EMPTY);
        assertThat(view.slice(1, 3)).isEqualTo(Bytes.ofHex("0203"));
        assertThat(view.plus(Bytes.ofHex("ff")).hex()).isEqualTo("010203ff");
        assertThat(view.byteAt(2)).isEqualTo((byte) 3);
    }

    @Test
    void aCompactViewKeepsNoOtherBytesAlive() {
        byte[] large = new byte[1000];
        Bytes small = Bytes.wrap(large, 10, 20);
        Bytes whole = Bytes.wrap(large);

        assertThat(small.compact()).isEqualTo(small).isNotSameAs(small);
        assertThat(whole.compact()).isSameAs(whole);
    }

    @Test
    void nothingIsReadBeyondTheView() {
        Bytes view = Bytes.wrap(new byte[10], 2, 4);

        assertThatThrownBy(() -> view.byteAt(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> view.byteAt(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> view.slice(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Bytes.wrap(new byte[3], 2, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aCopyDoesNotFollowItsArray() {
        byte[] array = {1, 2};
        Bytes copy = Bytes.copyOf(array);
        array[0] = 7;

        assertThat(copy.hex()).isEqualTo("0102");
        assertThat(Bytes.utf8("é").text()).isEqualTo("é");
        assertThat(copy).hasToString("2 bytes");
    }
}
