package org.pgreel.transport;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** The certificates and keys of {@code src/test/resources/tls}. */
public final class Certificates {
    private Certificates() {}

    public static Path file(String name) {
        URL resource = Objects.requireNonNull(Certificates.class.getResource("/tls/" + name), name);
        try {
            return Path.of(resource.toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
