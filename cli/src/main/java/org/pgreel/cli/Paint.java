package org.pgreel.cli;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** Colours what is printed for people by what it means, or leaves it as it is if no colours are wanted. */
final class Paint {

    /** Colours nothing. */
    static final Paint NONE = new Paint(false);

    /** A line of a transcript: what {@code --times} puts before a message, whose it is, and which. */
    private static final Pattern MESSAGE = Pattern.compile("(?:\\d+\\+[\\d.]+ )?([FB]) (\\w+)");

    private static final Pattern ESCAPE = Pattern.compile("\u001b\\[[0-9;]*m");

    private final boolean coloured;

    Paint(boolean coloured) {
        this.coloured = coloured;
    }

    /** What is as it should be: green. */
    String good(String text) {
        return painted(text, Style.fg_green);
    }

    /** What is not: red. */
    String bad(String text) {
        return painted(text, Style.fg_red);
    }

    /** The one or the other. */
    String verdict(boolean good, String text) {
        return good ? good(text) : bad(text);
    }

    /** A text whose last line says whether all is as it should be. */
    String verdictBelow(boolean good, String text) {
        int last = text.lastIndexOf('\n') + 1;
        return text.substring(0, last) + verdict(good, text.substring(last));
    }

    /** What differs without harm, or stands beside the matter: faint. */
    String faint(String text) {
        return painted(text, Style.faint);
    }

    /**
     * Returns where to write transcripts so that their lines come out coloured.
     *
     * @param out takes whole lines, with their line feeds
     */
    Appendable transcript(Appendable out) {
        return coloured ? new Lines(out) : out;
    }

    /** Returns how many characters a coloured word takes on the screen. */
    static int width(String word) {
        return word.indexOf('\u001b') < 0
                ? word.length()
                : ESCAPE.matcher(word).replaceAll("").length();
    }

    /** Each line for itself, since a pager shows lines. */
    private String painted(String text, IStyle style) {
        if (!coloured || text.isEmpty()) {
            return text;
        }
        return text.lines()
                .map(line -> style.on() + line + style.off())
                .collect(Collectors.joining("\n", "", text.endsWith("\n") ? "\n" : ""));
    }

    private String line(String line) {
        if (line.startsWith("#")) {
            return faint(line);
        }
        if (line.startsWith("@")) {
            return painted(line, Style.fg_magenta);
        }
        Matcher message = MESSAGE.matcher(line);
        if (!message.lookingAt()) {
            return line;
        }
        IStyle style = style(message.group(1), message.group(2));
        return style == Style.reset
                ? line
                : line.substring(0, message.start(1))
                        + painted(line.substring(message.start(1), message.end(2)), style)
                        + line.substring(message.end(2));
    }

    private static IStyle style(String side, String message) {
        if (side.equals("F")) {
            return Style.fg_cyan;
        }
        return switch (message) {
            case "ErrorResponse" -> Style.fg_red;
            case "NoticeResponse" -> Style.fg_yellow;
            default -> Style.reset;
        };
    }

    /** Passes lines on when they are whole. */
    private final class Lines implements Appendable {
        private final Appendable out;
        private final StringBuilder begun = new StringBuilder();

        Lines(Appendable out) {
            this.out = out;
        }

        @Override
        public Appendable append(CharSequence text) throws IOException {
            return append(text, 0, text.length());
        }

        @Override
        public Appendable append(CharSequence text, int start, int end) throws IOException {
            for (int i = start; i < end; i++) {
                append(text.charAt(i));
            }
            return this;
        }

        @Override
        public Appendable append(char character) throws IOException {
            if (character != '\n') {
                begun.append(character);
                return this;
            }
            out.append(line(begun.toString())).append('\n');
            begun.setLength(0);
            return this;
        }
    }
}
