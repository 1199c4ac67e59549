package org.pgreel.client.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectParametersTest {

    @TempDir
    Path home;

    private ConnectParameters resolve(String text, Map<String, String> variables) {
        return ConnectParameters.resolve(text, new ConnectEnvironment(variables, home, "osuser"));
    }

    @Test
    void theStringGoesBeforeTheServiceAndTheServiceBeforeTheEnvironment() throws IOException {
        Files.writeString(
                home.resolve(".pg_service.conf"), "# mine\n[other]\nhost=no\n[shop]\nhost=s\nuser=s\n\n[x]\nport=1");
        ConnectParameters found =
                resolve("service=shop host=a", Map.of("PGHOST", "e", "PGUSER", "e", "PGDATABASE", "e", "PGPORT", "7"));

        assertThat(found.value(Keyword.HOST)).hasValue("a");
        assertThat(found.value(Keyword.USER)).hasValue("s");
        assertThat(found.value(Keyword.DBNAME)).hasValue("e");
        assertThat(found.value(Keyword.PORT)).hasValue("7");
        assertThat(resolve("", Map.of("PGSERVICE", "shop")).value(Keyword.HOST)).hasValue("s");
    }

    @Test
    void anEmptyValueInTheStringKeepsTheEnvironmentOut() {
        assertThat(resolve("dbname=", Map.of("PGDATABASE", "e")).value(Keyword.DBNAME))
                .isEmpty();
    }

    @Test
    void theServiceFileIsTheNamedOneThenTheSystems(@TempDir Path system) throws IOException {
        Files.writeString(system.resolve("pg_service.conf"), "[shop]\nhost=system\n");
        Path named = Files.writeString(system.resolve("mine"), "[other]\nhost=x\n");
        Map<String, String> variables =
                Map.of("PGSYSCONFDIR", system.toString(), "PGSERVICEFILE", named.toString(), "PGSERVICE", "shop");

        assertThat(resolve("", variables).value(Keyword.HOST)).hasValue("system");
        assertThat(resolve("service=other", variables).value(Keyword.HOST)).hasValue("x");
        assertThat(resolve("service=other servicefile=" + named, Map.of()).value(Keyword.HOST))
                .hasValue("x");
        assertThatThrownBy(() -> resolve("service=nobody", variables))
                .hasMessageContaining("defined neither in " + named);
        assertThatThrownBy(() -> resolve("service=a", Map.of("PGSERVICEFILE", "/no/such")))
                .hasMessageContaining("/no/such does not exist");
    }

    @Test
    void aWrongLineOfAServiceFileIsNamed() throws IOException {
        Path file = home.resolve(".pg_service.conf");
        for (String[] wrong : new String[][] {
            {"[a]\nhost", "line 2: \"=\" is missing"},
            {"[a]\n\nsslmod=x", "line 3: \"sslmod\" is no keyword of libpq; did you mean sslmode?"},
            {"[a]\nservice=b", "line 2: a service cannot name another"},
            {"[a]\nhost =b", "line 2: no space may stand before"},
            {"[a]\nldap://h/x", "line 2: an LDAP look-up"},
        }) {
            Files.writeString(file, wrong[0]);
            assertThatThrownBy(() -> resolve("service=a", Map.of())).hasMessageContaining(wrong[1]);
        }
    }

    @Test
    void hostsAddressesAndPortsBelongTogether() {
        assertThat(HostList.of(resolve("host=a,,/run port=1,2,3", Map.of())))
                .containsExactly(
                        new HostList.Host("a", "", 1), new HostList.Host("", "", 2), new HostList.Host("/run", "", 3));
        assertThat(HostList.of(resolve("host=a,b hostaddr=10.0.0.1,10.0.0.2 port=9", Map.of())))
                .containsExactly(new HostList.Host("a", "10.0.0.1", 9), new HostList.Host("b", "10.0.0.2", 9));
        assertThat(HostList.of(resolve("", Map.of()))).containsExactly(new HostList.Host("", "", 5432));
        assertThat(HostList.of(resolve("host=a,b port=1,", Map.of())).get(1).port())
                .isEqualTo(5432);
        assertThatThrownBy(() -> HostList.of(resolve("host=a,b hostaddr=10.0.0.1", Map.of())))
                .hasMessageContaining("host names 2 hosts and hostaddr 1");
        assertThatThrownBy(() -> HostList.of(resolve("host=a,b,c port=1,2", Map.of())))
                .hasMessageContaining("2 ports for 3 hosts");
        for (String port : new String[] {"0", "65536", "-1"}) {
            assertThatThrownBy(() -> HostList.of(resolve("port=" + port, Map.of())))
                    .hasMessageContaining("outside");
        }
        assertThatThrownBy(() -> HostList.of(resolve("port=x", Map.of()))).hasMessageContaining("no whole number");
    }

    @Test
    void theOldVariableForTlsCounts() {
        assertThat(resolve("", Map.of("PGREQUIRESSL", "1")).value(Keyword.SSLMODE))
                .hasValue("require");
        assertThat(resolve("sslmode=disable", Map.of("PGREQUIRESSL", "1")).value(Keyword.SSLMODE))
                .hasValue("disable");
    }

    @Test
    void noValueIsShown() {
        assertThat(resolve("password=s3cr3t user=a", Map.of()).toString()).doesNotContain("s3cr3t");
    }
}
