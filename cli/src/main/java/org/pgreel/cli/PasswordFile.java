package org.pgreel.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds one password. */
final class PasswordFile {
    private PasswordFile() {}

    /** Returns its first line; empty if it has none. */
    static String firstLine(Path file) {
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String line = reader.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(
                    "the password file " + file + " cannot be read (" + Failures.what(e) + ")", e);
        }
    }
}
