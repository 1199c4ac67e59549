package org.pgreel.replay.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.protocol.wire.Direction;

/** Makes of a line that is meant to be a fault one that is: with the effects, the message and the side that are named in it. */
public final class FaultRemedy {

    private static final Pattern WORDS = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|#(?:\\d+|\\*)|[A-Za-z0-9]+");

    /** What an effect takes that takes something. */
    private static final Map<String, String> GIVEN = Map.of(
            "insert", " B NoticeResponse NOTICE 00000 \"inserted\"",
            "truncate", " 4",
            "corrupt", " 5 x\"00\"",
            "set", " length=3",
            "split", " 5",
            "chop", " 5",
            "coalesce", " 4096",
            "throttle", " 1000",
            "occupy", " 1",
            "delay", " 300ms");

    private FaultRemedy() {}

    /**
     * Returns a fault that can be read, and is near to what the line says.
     *
     * @param line a line that is none, with or without its exclamation mark
     * @return the fault without exclamation mark, such as {@code reset @ B CommandComplete #1}
     */
    public static String of(String line) {
        List<String> words =
                WORDS.matcher(line).results().map(MatchResult::group).toList();
        String effects = effects(words);
        String near = effects + " @ " + side(words) + message(words);
        return reads(near) ? near : effects + " @ B CommandComplete #1";
    }

    private static boolean reads(String fault) {
        try {
            Script.parse("! " + fault + "\n");
            return true;
        } catch (NotationException e) {
            return false;
        }
    }

    private static String effects(List<String> words) {
        var effects = new ArrayList<String>();
        for (String word : words) {
            if (Words.EFFECTS.contains(word)) {
                effects.add(word + GIVEN.getOrDefault(word, ""));
            }
        }
        return effects.isEmpty() ? "reset" : String.join(", ", effects);
    }

    private static String side(List<String> words) {
        return words.contains("before") ? "before " : words.contains("after") ? "after " : "";
    }

    private static String message(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            Optional<String> named = named(words.get(i));
            if (named.isPresent()) {
                boolean value = i + 1 < words.size() && words.get(i + 1).startsWith("\"");
                String ordinal = words.stream()
                        .filter(word -> word.startsWith("#"))
                        .findFirst()
                        .orElse("#1");
                return named.get() + (value ? " " + words.get(i + 1) : "") + " " + ordinal;
            }
        }
        return "B CommandComplete #1";
    }

    /** Returns the message with its side, however it is capitalised. */
    private static Optional<String> named(String word) {
        for (Direction direction : List.of(Direction.BACKEND, Direction.FRONTEND)) {
            for (String name : MessageNames.of(direction)) {
                if (name.equalsIgnoreCase(word)) {
                    return Optional.of(direction.letter() + " " + name);
                }
            }
        }
        return Optional.empty();
    }
}
