package org.pgreel.client.connect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A password file ({@code ~/.pgpass}): lines of {@code host:port:database:user:password}, where each of the first four
 * may be {@code *}, and {@code \} escapes a colon or a backslash. The first line that fits counts.
 *
 * <p>Source: PostgreSQL 18 manual, 32.16 "The Password File". The lines are read once, when the options are made; they
 * are never shown.
 */
public final class PasswordFile {

    private static final Set<PosixFilePermission> FOR_OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final Path path;
    private final List<String> lines;
    private final String passedOver;

    private PasswordFile(Path path, List<String> lines, String passedOver) {
        this.path = path;
        this.lines = lines;
        this.passedOver = passedOver;
    }

    /**
     * Reads a file. One that does not exist holds no password; one that is no plain file, cannot be read, or that others
     * than its owner may use is passed over, and {@link #passedOver} tells why.
     *
     * @param path the file
     */
    public static PasswordFile read(Path path) {
        if (!Files.exists(path)) {
            return new PasswordFile(path, List.of(), "");
        }
        if (!Files.isRegularFile(path)) {
            return new PasswordFile(path, List.of(), "is not a plain file");
        }
        try {
            if (othersMayUse(path)) {
                return new PasswordFile(path, List.of(), "is open to others than its owner; run chmod 0600 on it");
            }
            return new PasswordFile(path, List.copyOf(Files.readAllLines(path, StandardCharsets.UTF_8)), "");
        } catch (IOException e) {
            return new PasswordFile(
                    path, List.of(), "cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static boolean othersMayUse(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            // As libpq on Windows, where the profile directory is the protection.
            return false;
        }
        return Files.getPosixFilePermissions(path, new LinkOption[0]).stream().anyMatch(FOR_OTHERS::contains);
    }

    /** Returns the file. */
    public Path path() {
        return path;
    }

    /** Returns why the file was not used, as the end of a sentence that begins with its name; empty if it was. */
    public Optional<String> passedOver() {
        return passedOver.isEmpty() ? Optional.empty() : Optional.of(passedOver);
    }

    /**
     * Finds the password for a login.
     *
     * @param host the host as it was given; {@code localhost} for the standard directory of Unix-domain sockets
     * @param port the port
     * @param database the database
     * @param user the user
     * @return the password of the first line that fits, which the caller may overwrite; empty if none does
     */
    public Optional<char[]> find(String host, int port, String database, String user) {
        for (String line : lines) {
            int at = line.startsWith("#") ? -1 : 0;
            for (String wanted : new String[] {host, Integer.toString(port), database, user}) {
                at = at < 0 ? -1 : matched(line, at, wanted);
            }
            if (at >= 0) {
                return Optional.of(password(line, at));
            }
        }
        return Optional.empty();
    }

    /** Compares one field and returns where the next begins; -1 if it does not fit. */
    private static int matched(String line, int from, String wanted) {
        if (line.startsWith("*:", from)) {
            return from + 2;
        }
        int at = from;
        for (int index = 0; index < wanted.length(); index++) {
            if (at < line.length() && line.charAt(at) == ':') {
                return -1;
            }
            if (at < line.length() && line.charAt(at) == '\\') {
                at++;
            }
            if (at >= line.length() || line.charAt(at) != wanted.charAt(index)) {
                return -1;
            }
            at++;
        }
        return at < line.length() && line.charAt(at) == ':' ? at + 1 : -1;
    }

    private static char[] password(String line, int from) {
        StringBuilder password = new StringBuilder();
        for (int at = from; at < line.length() && line.charAt(at) != ':'; at++) {
            if (line.charAt(at) == '\\' && at + 1 < line.length()) {
                at++;
            }
            password.append(line.charAt(at));
        }
        char[] characters = new char[password.length()];
        password.getChars(0, characters.length, characters, 0);
        return characters;
    }

    /** Returns the file's name, and none of its lines. */
    @Override
    public String toString() {
        return "PasswordFile[" + path + "]";
    }
}
