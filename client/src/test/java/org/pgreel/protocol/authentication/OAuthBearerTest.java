package org.pgreel.protocol.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 7628, section 4, and what a hostile server may make of them. */
class OAuthBearerTest {

    @Test
    void theTokenStandsBetweenSeparators() {
        assertThat(new String(
                        OAuthBearer.initialResponse("vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==".toCharArray()),
                        StandardCharsets.US_ASCII))
                .isEqualTo("n,,\u0001auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\u0001\u0001");
        assertThat(OAuthBearer.answerToRefusal()).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "a b", "a\u0001b", "a\0", "a=b", "tök", "a,b"})
    void whatIsNoTokenIsRefusedAndNotRepeated(String token) {
        assertThatThrownBy(() -> OAuthBearer.initialResponse(token.toCharArray()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("token");
    }

    @Test
    void aRefusalSaysWhy() {
        OAuthRefusal refusal = OAuthRefusal.parse(bytes("""
                { "status":"invalid_token", "scope":"a\\u0062 \\"c\\"", "more": [1, -2.5e3, {"x": null}, true, []],
                  "openid-configuration":"https://example.com/.well-known/openid-configuration", "n": {} }
                """));

        assertThat(refusal.status()).isEqualTo("invalid_token");
        assertThat(refusal.scope()).isEqualTo("ab \"c\"");
        assertThat(refusal.openidConfiguration()).startsWith("https://example.com/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "{}",
                "[]",
                "null",
                "{\"status\":1}",
                "{\"status\":\"a\"",
                "{\"status\":\"a\"} x",
                "{\"status\":\"a\",\"status\":\"b\"}",
                "{\"status\":\"a\\q\"}",
                "{\"status\":\"a\\u12\"}",
                "{\"status\":\"\n\"}",
                "{'status':'a'}",
                "{\"status\" \"a\"}",
                "{\"status\":\"a\",}",
                "{\"status\":\"a\",\"x\":01}",
                "{\"status\":\"a\",\"x\":}",
                "{\"status\":\"a\",\"x\":[1,]}",
                "{\"status\":\"a\",\"x\":[[[[[[[[[[1]]]]]]]]]]}"
            })
    void whatIsNoJsonObjectWithAStatusIsRefused(String text) {
        assertThatThrownBy(() -> OAuthRefusal.parse(bytes(text))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        assertThatThrownBy(() -> OAuthRefusal.parse(new byte[] {'{', (byte) 0xff, '}'}))
                .hasMessageContaining("UTF-8");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
