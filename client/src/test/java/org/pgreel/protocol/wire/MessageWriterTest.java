package org.pgreel.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MessageWriterTest {
    private final MessageWriter out = new MessageWriter(1000);

    @Test
    void messagesStandOneBehindTheOther() {
        out.begin((byte) 'Q').writeString("sélect").end();
        out.beginUntyped().writeInt32(-2).writeInt16(65_535).writeInt16(-1).end();

        assertThat(out.toBytes())
                .isEqualTo(Bytes.ofHex("51 0000000c 73c3a96c65637400" + "0000000c fffffffe ffff ffff"));
        out.reset();
        assertThat(out.length()).isZero();
    }

    @Test
    void whatCannotBeWrittenLeavesNoTrace() {
        out.begin((byte) 'S').end();

        refused(w -> w.begin((byte) 'Q').writeString("a\0b"));
        refused(w -> w.begin((byte) 'Q').writeString("é\0b"));
        refused(w -> w.begin((byte) 'Q').writeString("\uD800"));
        refused(w -> w.begin((byte) 'Q').writeInt16(65_536));
        refused(w -> w.begin((byte) 'Q').writeBytes(new byte[996], 0, 996));
        out.begin((byte) 'd').writeBytes(new byte[995], 0, 995).end();

        assertThat(out.length()).isEqualTo(5 + 1000);
    }

    @Test
    void aSizeIsComputedIn64Bits() {
        MessageWriter unlimited = new MessageWriter(Integer.MAX_VALUE);
        assertThatThrownBy(
                        () -> unlimited.begin((byte) 'Q').writeBytes(new byte[0], Integer.MIN_VALUE, Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4294967300 bytes are more than the limit of 2147483647");
    }

    @Test
    void anEndNeedsABeginning() {
        assertThatThrownBy(out::end).isInstanceOf(IllegalStateException.class);
    }

    private void refused(Consumer<MessageWriter> message) {
        int length = out.length();
        assertThatThrownBy(() -> message.accept(out)).isInstanceOf(IllegalArgumentException.class);
        assertThat(out.length()).isEqualTo(length);
    }
}
