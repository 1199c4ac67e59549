package org.pgreel.scenarios.coverage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The files that say which rows and columns the matrix has. */
final class MatrixFiles {
    private MatrixFiles() {}

    /** Returns the lines of a file. */
    static List<String> lines(String resource) {
        String path = "/org/pgreel/coverage/" + resource;
        try (InputStream in = MatrixFiles.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + path + " is missing, please report this");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
