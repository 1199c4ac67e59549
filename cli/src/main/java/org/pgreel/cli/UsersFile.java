package org.pgreel.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A file of those who may log in: {@code user:password} a line, {@code #} begins a comment, and {@code \} escapes a colon or a
 * backslash, as in a password file of libpq.
 */
final class UsersFile {

    private static final Set<PosixFilePermission> FOR_OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private UsersFile() {}

    /**
     * Reads it.
     *
     * @return the passwords by user, in the order of the file
     * @throws CommandFailedException if others may read it, it cannot be read, or a line is none
     */
    static Map<String, String> read(Path file) {
        List<String> lines;
        try {
            if (othersMayRead(file)) {
                throw CommandFailedException.usage("the file of users " + file
                        + " may be read by others; give it to its owner alone: chmod 0600 " + file);
            }
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(
                    "the file of users " + file + " cannot be read (" + Failures.what(e) + ")", e);
        }
        Map<String, String> users = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                read(line, file + ", line " + (i + 1), users);
            }
        }
        if (users.isEmpty()) {
            throw CommandFailedException.usage(
                    "the file of users " + file + " names nobody; write user:password lines");
        }
        return users;
    }

    private static boolean othersMayRead(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix && Files.getPosixFilePermissions(file).stream().anyMatch(FOR_OTHERS::contains);
    }

    /** What is wrong is said without the line, which holds a password. */
    private static void read(String line, String place, Map<String, String> users) {
        int colon = colon(line);
        String user = colon < 0 ? "" : unescaped(line.substring(0, colon));
        String password = colon < 0 ? "" : unescaped(line.substring(colon + 1));
        if (user.isEmpty() || password.isEmpty()) {
            throw CommandFailedException.usage(place + " is not user:password");
        }
        if (users.put(user, password) != null) {
            throw CommandFailedException.usage(place + " names the user " + user + " once more; keep one of the lines");
        }
    }

    private static int colon(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '\\') {
                i++;
            } else if (line.charAt(i) == ':') {
                return i;
            }
        }
        return -1;
    }

    private static String unescaped(String text) {
        return text.replaceAll("\\\\(.)", "$1");
    }
}
