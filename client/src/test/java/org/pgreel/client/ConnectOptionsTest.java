package org.pgreel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectOptionsTest {

    @Test
    void onlyTheUserMustBeGiven() {
        ConnectOptions options = ConnectOptions.builder().user("alice").build();

        assertThat(options.address()).isEqualTo(new ServerAddress.Tcp("localhost", 5432));
        assertThat(options.sslMode()).isEqualTo(SslMode.PREFER);
        assertThat(options.channelBinding()).isEqualTo(ChannelBinding.PREFER);
        assertThat(options.requireAuth()).isEqualTo(RequireAuth.standard());
        assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.scramIterationsMax()).isEqualTo(100_000);
        assertThat(options.protocolVersion()).isEqualTo(ProtocolVersion.V3_0);
        assertThat(options.startupParameters())
                .containsExactly(
                        Map.entry("user", "alice"),
                        Map.entry("database", "alice"),
                        Map.entry("client_encoding", "UTF8"),
                        Map.entry("DateStyle", "ISO"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectOptions.builder().build())
                .withMessageContaining("user");
    }

    @Test
    void parametersKeepTheirOrder() {
        ConnectOptions options = ConnectOptions.builder()
                .applicationName("app")
                .parameter("search_path", "a, b")
                .database("shop")
                .user("alice")
                .build();

        assertThat(options.startupParameters().keySet())
                .containsExactly("user", "database", "client_encoding", "DateStyle", "application_name", "search_path");
    }

    @Test
    void theDateStyleIsIsoUnlessTheApplicationNamesOne() {
        assertThat(ConnectOptions.builder()
                        .user("alice")
                        .parameter("datestyle", "German")
                        .build()
                        .startupParameters())
                .containsEntry("datestyle", "German")
                .doesNotContainKey("DateStyle");
        assertThat(ConnectOptions.builder()
                        .user("alice")
                        .parameter("options", "-c DateStyle=SQL")
                        .build()
                        .startupParameters())
                .doesNotContainKey("DateStyle");
    }

    @Test
    void thePasswordIsNeverShownAndACopyIsKept() {
        char[] password = "s3cr3t".toCharArray();
        ConnectOptions options =
                ConnectOptions.builder().user("alice").password(password).build();
        password[0] = 'x';

        assertThat(options.password())
                .hasValueSatisfying(copy -> assertThat(copy).containsExactly("s3cr3t".toCharArray()));
        options.password().orElseThrow()[0] = 'y';
        assertThat(options.password())
                .hasValueSatisfying(copy -> assertThat(copy).containsExactly("s3cr3t".toCharArray()));
        assertThat(options.toString()).contains("alice").doesNotContain("s3cr3t");
    }

    @Test
    void aNulInsideAStartUpValueWouldInjectParametersAndIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectOptions.builder().user("alice\0options\0-c x=y"))
                .withMessageContaining("NUL");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectOptions.builder().database("shop\0"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectOptions.builder().applicationName("\0"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectOptions.builder().parameter("a\0b", "c"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectOptions.builder().password("pass\0word"))
                .withMessageNotContaining("word\0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "client_encoding", "_pq_.option"})
    void someParametersAreNotTheUsersToSet(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectOptions.builder().parameter(name, "x"));
    }

    @Test
    void optionsThatCannotBeMetTogetherAreRefused() {
        Path socket = Path.of("/run/postgresql/.s.PGSQL.5432");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectOptions.builder()
                        .user("alice")
                        .unixSocket(socket)
                        .sslMode(SslMode.REQUIRE)
                        .build())
                .withMessageContaining("Unix");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectOptions.builder()
                        .user("alice")
                        .sslMode(SslMode.DISABLE)
                        .channelBinding(ChannelBinding.REQUIRE)
                        .build());
        assertThat(ConnectOptions.builder()
                        .user("alice")
                        .unixSocket(socket)
                        .build()
                        .address())
                .hasToString(socket.toString());
    }

    @Test
    void everyWaitIsBounded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectOptions.builder().connectTimeout(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectOptions.builder().operationTimeout(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectOptions.builder().scramIterationsMax(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectOptions.builder().pipelineDepth(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectOptions.builder().port(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectOptions.builder().host(" "));
    }

    @Test
    void sslModesHaveLibpqsWordsAndAllowIsRefusedWithTheReason() {
        for (SslMode mode : SslMode.values()) {
            assertThat(SslMode.of(mode.word())).isEqualTo(mode);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SslMode.of("allow"))
                .withMessageContaining("only the answer N leads to plaintext")
                .withMessageContaining("use prefer or require");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SslMode.of("required"))
                .withMessageContaining("disable, prefer, require, verify-ca, verify-full");
    }

    @Test
    void requireAuthIsReadAsLibpqReadsIt() {
        RequireAuth two = RequireAuth.parse("scram-sha-256, none");
        RequireAuth notThose = RequireAuth.parse("!password,!md5");

        assertThat(two.permits(AuthenticationMethod.SCRAM_SHA_256, false)).isTrue();
        assertThat(two.permits(AuthenticationMethod.MD5, true)).isFalse();
        assertThat(notThose.permits(AuthenticationMethod.NONE, false)).isTrue();
        assertThat(notThose.permits(AuthenticationMethod.PASSWORD, true)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> RequireAuth.parse("md5,!none"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequireAuth.parse("scram"))
                .withMessageContaining("scram-sha-256");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequireAuth.parse("!none,!password,!md5,!scram-sha-256,!oauth"));
    }
}
