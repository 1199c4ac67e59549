package org.pgreel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.connect.ConnectEnvironment;
import org.pgreel.client.connect.ConnectionStringException;

class ConnectOptionsParseTest {

    @TempDir
    Path home;

    private ConnectOptions parse(String text, String... variables) {
        Map<String, String> environment = new java.util.TreeMap<>();
        for (int at = 0; at < variables.length; at += 2) {
            environment.put(variables[at], variables[at + 1]);
        }
        return ConnectOptions.builder(text, new ConnectEnvironment(environment, home, "osuser"))
                .build();
    }

    @Test
    void nothingAtAllIsTheSystemsUserOnThisMachine() {
        ConnectOptions options = parse("");

        assertThat(options.address()).isEqualTo(new ServerAddress.Tcp("localhost", 5432));
        assertThat(options.user()).isEqualTo("osuser");
        assertThat(options.startupParameters()).containsEntry("database", "osuser");
        assertThat(options.password(options.address())).isEmpty();
        assertThat(options.sslMode()).isEqualTo(SslMode.PREFER);
    }

    @Test
    void aUriSaysItAll() {
        ConnectOptions options = parse("postgresql://ada:pw@db.example:6000/shop?sslmode=verify-full&connect_timeout=3"
                + "&application_name=app&channel_binding=require&require_auth=scram-sha-256&options=-c%20geqo%3Doff");

        assertThat(options.address()).isEqualTo(new ServerAddress.Tcp("db.example", 6000));
        assertThat(options.sslMode()).isEqualTo(SslMode.VERIFY_FULL);
        assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(options.channelBinding()).isEqualTo(ChannelBinding.REQUIRE);
        assertThat(options.requireAuth().permits(AuthenticationMethod.MD5, true))
                .isFalse();
        assertThat(options.password(options.address())).hasValue("pw".toCharArray());
        assertThat(options.startupParameters())
                .containsEntry("user", "ada")
                .containsEntry("database", "shop")
                .containsEntry("application_name", "app")
                .containsEntry("options", "-c geqo=off");
    }

    @Test
    void aFallbackNameGivesWay() {
        assertThat(parse("fallback_application_name=f").startupParameters()).containsEntry("application_name", "f");
        assertThat(parse("fallback_application_name=f", "PGAPPNAME", "e").startupParameters())
                .containsEntry("application_name", "e");
    }

    @Test
    void aDirectoryOfSocketsAndANumericAddressAreHosts() {
        ConnectOptions options = parse("host=/run/pg,db.example hostaddr=,10.0.0.7 port=6000");

        assertThat(options.addresses())
                .containsExactly(
                        new ServerAddress.UnixSocket(Path.of("/run/pg/.s.PGSQL.6000")),
                        new ServerAddress.Tcp("db.example", 6000, "10.0.0.7"));
        assertThat(parse("postgres://%2Frun%2Fpg/shop").address())
                .isEqualTo(new ServerAddress.UnixSocket(Path.of("/run/pg/.s.PGSQL.5432")));
        assertThatThrownBy(() -> parse("hostaddr=db.example")).hasMessageContaining("is not numeric");
        assertThatThrownBy(() -> parse("host=@pg")).hasMessageContaining("abstract");
    }

    @Test
    void eachServerHasItsPasswordOfTheFile() throws IOException {
        Path file = home.resolve(".pgpass");
        Files.writeString(file, "localhost:5432:shop:ada:socket\n/other:5432:shop:ada:dir\ndb:6000:shop:ada:tcp\n");
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        ConnectOptions options = parse("host=/tmp,/other,db,db port=5432,5432,6000,1 user=ada dbname=shop");

        assertThat(options.addresses().stream()
                        .map(server -> options.password(server).map(String::new).orElse("none")))
                .containsExactly("socket", "dir", "tcp", "none");
    }

    @Test
    void theFilesOfTheHomeDirectoryAreTaken() throws IOException {
        Path directory = Files.createDirectory(home.resolve(".postgresql"));
        for (String name : new String[] {"root.crt", "root.crl", "postgresql.crt", "postgresql.key"}) {
            Files.createFile(directory.resolve(name));
        }
        ConnectOptions options = parse("");

        assertThat(options.sslRootCertificate()).hasValue(directory.resolve("root.crt"));
        assertThat(options.sslCertificate()).hasValue(directory.resolve("postgresql.crt"));
        assertThat(options.sslKey()).hasValue(directory.resolve("postgresql.key"));
        assertThat(options.tls().revocationLists()).containsExactly(directory.resolve("root.crl"));
        assertThat(parse("sslmode=verify-full sslcrl=/f sslcrldir=/d").tls().revocationLists())
                .containsExactly(Path.of("/f"), Path.of("/d"));
        Files.delete(directory.resolve("postgresql.key"));
        assertThatThrownBy(() -> parse("")).hasMessageContaining("no key for it");
        Files.delete(directory.resolve("postgresql.crt"));
        Files.delete(directory.resolve("root.crt"));
        assertThat(parse("").tls().revocationLists())
                .as("without a root certificate")
                .isEmpty();
    }

    @Test
    void everythingOfTlsCanBeSaid() {
        TlsOptions tls = parse(
                        "sslmode=require sslnegotiation=direct sslcert=/c sslkey=/k sslpassword=p sslcertmode=require"
                                + " sslsni=0 ssl_min_protocol_version=TLSv1.3")
                .tls();

        assertThat(tls.negotiation()).isEqualTo(SslNegotiation.DIRECT);
        assertThat(tls.certMode()).isEqualTo(SslCertMode.REQUIRE);
        assertThat(tls.keyPassword()).hasValue("p".toCharArray());
        assertThat(tls.serverNameIndicated()).isFalse();
        assertThat(tls.oldest()).isEqualTo(TlsVersion.V1_3);
        assertThat(tls.toString()).doesNotContain("keyPassword");
        assertThat(parse("ssl_min_protocol_version=TLSv1").tls().oldest()).isEqualTo(TlsVersion.V1_2);
    }

    @Test
    void severalHostsAndHowTheyAreTried() {
        ConnectOptions options = parse("host=a,b target_session_attrs=prefer-standby load_balance_hosts=random"
                + " connect_timeout=4 keepalives=0 keepalives_idle=5 keepalives_interval=6 keepalives_count=7"
                + " tcp_user_timeout=8");

        assertThat(options.targetSessionAttrs()).isEqualTo(TargetSessionAttrs.PREFER_STANDBY);
        assertThat(options.loadBalanceHosts()).isEqualTo(LoadBalanceHosts.RANDOM);
        assertThat(options.attemptTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(8));
        assertThat(options.keepalive())
                .isEqualTo(new Keepalive(false, Duration.ofSeconds(5), Duration.ofSeconds(6), 7, Duration.ofMillis(8)));
        assertThat(parse("").keepalive()).isEqualTo(Keepalive.STANDARD);
        assertThat(parse("keepalives_count=-3").keepalive().count()).isZero();
    }

    @Test
    void whoGivesATokenIsToldWhatTheStringSays() {
        ConnectOptions options =
                parse("oauth_issuer=https://i oauth_client_id=c oauth_client_secret=s3cr3t oauth_scope=x");

        assertThat(options.oauthSettings().issuer()).hasValue("https://i");
        assertThat(options.oauthSettings().clientSecret()).hasValue("s3cr3t");
        assertThat(options.oauthSettings().toString()).contains("https://i").doesNotContain("s3cr3t");
    }

    @Test
    void thePlatformsRootsDemandTheHostsName() {
        assertThat(parse("sslrootcert=system").sslMode()).isEqualTo(SslMode.VERIFY_FULL);
        assertThat(parse("sslrootcert=system").sslRootCertificate()).isEmpty();
        assertThatThrownBy(() -> parse("sslrootcert=system sslmode=verify-ca")).hasMessageContaining("too weak");
    }

    @Test
    void aLeastVersionOfTheProtocolAsksForIt() {
        ConnectOptions options = parse("min_protocol_version=3.2");

        assertThat(options.protocolVersion()).isEqualTo(ProtocolVersion.V3_2);
        assertThat(options.minProtocolVersion()).isEqualTo(ProtocolVersion.V3_2);
        assertThat(parse("max_protocol_version=latest").protocolVersion()).isEqualTo(ProtocolVersion.V3_2);
        assertThat(parse("max_protocol_version=3.2").minProtocolVersion()).isEqualTo(ProtocolVersion.V3_0);
        assertThatThrownBy(() -> parse("min_protocol_version=3.2 max_protocol_version=3.0"))
                .hasMessageContaining("is above");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sslnegotiation=direct sslmode=prefer",
                "sslcertmode=require",
                "sslnegotiation=x",
                "sslcertmode=x",
                "ssl_max_protocol_version=TLSv1.1",
                "ssl_min_protocol_version=TLSv1.3 ssl_max_protocol_version=TLSv1.2",
                "max_protocol_version=3.1",
                "min_protocol_version=x"
            })
    void contradictionsOfTlsAndProtocolAreRefused(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sslmode=allow",
                "sslmode=x",
                "sslcrl=/f",
                "sslcrldir=/d",
                "requirepeer=postgres",
                "gssencmode=require",
                "gssdelegation=1",
                "sslcompression=1",
                "scram_client_key=x",
                "sslkeylogfile=/f",
                "channel_binding=x",
                "require_auth=x",
                "connect_timeout=x",
                "port=0",
                "sslmode=require host=/tmp",
                "channel_binding=require sslmode=disable"
            })
    void whatIsNotSupportedOrNotMeantIsRefusedByName(String text) {
        String word = text.substring(0, text.indexOf('='));
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?i).*" + word.replace("_", "_?") + ".*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sslcompression=0",
                "gssencmode=prefer",
                "gssencmode=disable",
                "krbsrvname=x",
                "client_encoding=auto",
                "sslcrl=",
                "connect_timeout=0",
                "connect_timeout=-1"
            })
    void whatAsksForNothingIsPassedOver(String text) {
        assertThat(parse(text).connectTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void theFailureIsOfOneKind() {
        assertThatThrownBy(() -> parse("sslmode=x")).isInstanceOf(ConnectionStringException.class);
        assertThatThrownBy(() -> parse("user='")).isInstanceOf(ConnectionStringException.class);
    }

    @Test
    void whatContradictsItselfIsRefusedAsAnyOtherStringThatCannotBeUsed() {
        assertThatThrownBy(() -> ConnectOptions.parse("host=/tmp user=ada sslmode=require"))
                .isInstanceOf(ConnectionStringException.class)
                .hasMessageContaining("there is no TLS over a Unix-domain socket");
    }
}
