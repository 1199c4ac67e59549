package org.pgreel.type;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files of literals by type. */
public final class Literals {
    private static final String NOT_RECEIVED = " -- not received";
    private static final Pattern SINCE = Pattern.compile("(.*?) -- since (\\d+)");

    /**
     * A literal of a type, the major version of the server that it needs, and whether the server takes in binary what it
     * sends in binary.
     */
    public record Literal(String type, String text, int since, boolean received) {}

    private Literals() {}

    /** Returns all of a file, in order. */
    public static List<Literal> of(String resource) {
        List<Literal> literals = new ArrayList<>();
        String type = "";
        for (String line : text(resource).lines().toList()) {
            Matcher since = SINCE.matcher(line);
            if (line.startsWith("[") && line.endsWith("]") && !line.contains("=") && isType(line)) {
                type = line.substring(1, line.length() - 1);
            } else if (!line.startsWith("#")) {
                boolean received = !line.endsWith(NOT_RECEIVED);
                String text = received ? line : line.substring(0, line.length() - NOT_RECEIVED.length());
                literals.add(
                        since.matches()
                                ? new Literal(type, since.group(1), Integer.parseInt(since.group(2)), true)
                                : new Literal(type, text, 0, received));
            }
        }
        return literals;
    }

    /** Ranges begin with a bracket too. */
    private static boolean isType(String line) {
        return Character.isLetter(line.charAt(1)) && !line.contains(",") || line.equals("[\"char\"]");
    }

    private static String text(String resource) {
        try (InputStream in = Literals.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
