package org.pgreel.protocol.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Every row of the matrix, so every state with every content of its queue that matters, comes back as it was. */
final class ConversationCodecTest {

    @Test
    void everyStateComesBackAsItWas() throws IOException {
        for (ScriptedSession row : MatrixRows.ALL) {
            Conversation conversation = row.fold();
            assertThat(read(written(conversation))).as(row.name()).isEqualTo(conversation);
        }
    }

    @Test
    void aCutOrStrangeFormIsRefused() throws IOException {
        byte[] whole = written(Conversation.begin());
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class);
        }
        byte[] strange = whole.clone();
        strange[2] = 'x';
        assertThatThrownBy(() -> read(strange)).isInstanceOf(IOException.class).hasMessageContaining("xpening");
    }

    private static byte[] written(Conversation conversation) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ConversationCodec.write(conversation, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static Conversation read(byte[] bytes) throws IOException {
        return ConversationCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
