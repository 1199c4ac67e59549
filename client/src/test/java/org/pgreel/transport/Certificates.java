package org.pgreel.transport;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** The certificates and keys of {@code src/test/resources/tls}; only the owner may read a key. */
public final class Certificates {
    private Certificates() {}

    public static Path file(String name) {
        URL resource = Objects.requireNonNull(Certificates.class.getResource("/tls/" + name), name);
        try {
            Path file = Path.of(resource.toURI());
            if (name.endsWith(".key")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
            return file;
        } catch (URISyntaxException | IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
