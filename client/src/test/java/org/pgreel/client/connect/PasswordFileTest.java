package org.pgreel.client.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordFileTest {

    @TempDir
    Path directory;

    private PasswordFile file(String permissions, String... lines) throws IOException {
        Path path = directory.resolve("pgpass");
        Files.deleteIfExists(path);
        Files.writeString(path, String.join("\n", lines));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        return PasswordFile.read(path);
    }

    private static String find(PasswordFile file, String host, int port, String database, String user) {
        return file.find(host, port, database, user).map(String::new).orElse("none");
    }

    @Test
    void theFirstLineThatFitsCounts() throws IOException {
        PasswordFile file = file(
                "rw-------",
                "# host:port:database:user:password",
                "db:5432:shop:ada:first",
                "db:*:shop:ada:second",
                "*:*:*:ada:third:and:what:follows:is:nothing",
                "a\\:b:1:c\\\\d:e:p\\:q\\\\r",
                "short:1:2",
                "*:*:*:eve:");

        assertThat(find(file, "db", 5432, "shop", "ada")).isEqualTo("first");
        assertThat(find(file, "db", 1, "shop", "ada")).isEqualTo("second");
        assertThat(find(file, "other", 1, "x", "ada")).isEqualTo("third");
        assertThat(find(file, "a:b", 1, "c\\d", "e")).isEqualTo("p:q\\r");
        assertThat(find(file, "db", 5432, "shop", "bob")).isEqualTo("none");
        assertThat(find(file, "d", 5432, "shop", "bob")).isEqualTo("none");
        assertThat(find(file, "x", 1, "y", "eve")).isEmpty();
    }

    @Test
    void aFileThatOthersMayReadIsPassedOver() throws IOException {
        for (String open : new String[] {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-"}) {
            PasswordFile file = file(open, "*:*:*:*:s3cr3t");
            assertThat(find(file, "a", 1, "b", "c")).isEqualTo("none");
            assertThat(file.passedOver())
                    .hasValueSatisfying(why -> assertThat(why).contains("chmod 0600"));
        }
        assertThat(find(file("r--------", "*:*:*:*:x"), "a", 1, "b", "c")).isEqualTo("x");
    }

    @Test
    void aFileThatIsNotThereIsNoFailureAndADirectoryIsPassedOver() {
        assertThat(PasswordFile.read(directory.resolve("nothing")).passedOver()).isEmpty();
        assertThat(PasswordFile.read(directory).passedOver()).hasValue("is not a plain file");
    }

    @Test
    void itIsShownWithoutItsLines() throws IOException {
        assertThat(file("rw-------", "*:*:*:*:s3cr3t").toString()).doesNotContain("s3cr3t");
    }
}
