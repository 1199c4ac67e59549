package org.pgreel.protocol.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Md5PasswordTest {

    private static final byte[] SALT = {1, 2, 3, 4};

    @Test
    void theAnswerIsTheOneThatPostgresqlComputes() {
        // md5 || md5hex(md5hex("secret" || "alice") || 0x01020304), by md5sum.
        assertThat(Md5Password.answer("alice", "secret".getBytes(UTF_8), SALT))
                .isEqualTo("md598a0412b9c31436fc53776e863350083");
    }

    @Test
    void onlyTheRightAnswerMatches() {
        String answer = Md5Password.answer("alice", "secret".getBytes(UTF_8), SALT);

        assertThat(Md5Password.matches(answer, "alice", "secret".getBytes(UTF_8), SALT))
                .isTrue();
        assertThat(Md5Password.matches(answer, "bob", "secret".getBytes(UTF_8), SALT))
                .isFalse();
        assertThat(Md5Password.matches(answer, "alice", "Secret".getBytes(UTF_8), SALT))
                .isFalse();
        assertThat(Md5Password.matches(answer, "alice", "secret".getBytes(UTF_8), new byte[] {4, 3, 2, 1}))
                .isFalse();
        assertThat(Md5Password.matches("", "alice", "secret".getBytes(UTF_8), SALT))
                .isFalse();
    }
}
