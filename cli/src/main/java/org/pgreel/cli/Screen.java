package org.pgreel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * Where a command prints. Names, statements and sentences of others stand in what it prints, and they may hold what a terminal
 * obeys: a control character is spelled, as {@code \}{@code u001b}, which is what JSON wants of it too. Ends of lines and
 * tabulators stay, and so do the colours of {@link Paint} and of help, where there are colours.
 */
final class Screen extends Writer {

    /** The codes by which words are emphasised, coloured and set back; none hides them. */
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[(?:[0-4]|2[1-4]|3[1-79])m");

    /** No colour is longer. */
    private static final int COLOUR_MAX = 5;

    private static final boolean LINE_ENDS_WITH_RETURN = System.lineSeparator().indexOf('\r') >= 0;

    private final PrintWriter out;
    private final boolean coloured;

    private Screen(PrintWriter out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    /** Lets the command that was asked for print through a screen, by way of the root, which hands its own writers down. */
    static void installInto(ParseResult parsed) {
        List<CommandLine> commands = parsed.asCommandLineList();
        boolean coloured =
                commands.get(commands.size() - 1).getColorScheme().ansi().enabled();
        CommandLine root = commands.get(0);
        root.setOut(over(root.getOut(), coloured)).setErr(over(root.getErr(), coloured));
    }

    /** Returns what prints there with control characters spelled. */
    static PrintWriter over(PrintWriter out, boolean coloured) {
        return new PrintWriter(new Screen(out, coloured), true);
    }

    /** Returns a text without colours for a file that people read, with control characters spelled. */
    static String text(String text) {
        var spelled = new StringWriter();
        PrintWriter screen = over(new PrintWriter(spelled), false);
        screen.print(text);
        screen.flush();
        return spelled.toString();
    }

    /** Returns a text for one line: an end of a line is spelled, too. */
    static String line(String text) {
        return text.indexOf('\n') < 0 ? text : text.replace("\n", spelled('\n'));
    }

    @Override
    public void write(char[] text, int from, int length) {
        int written = from;
        int end = from + length;
        for (int i = from; i < end; i++) {
            if (harmless(text[i])) {
                continue;
            }
            int colour = coloured ? colour(text, i, end) : 0;
            if (colour > 0) {
                i += colour - 1;
                continue;
            }
            out.write(text, written, i - written);
            out.write(spelled(text[i]));
            written = i + 1;
        }
        out.write(text, written, end - written);
    }

    private static boolean harmless(char c) {
        return !Character.isISOControl(c) || c == '\n' || c == '\t' || c == '\r' && LINE_ENDS_WITH_RETURN;
    }

    /** Returns how long the colour is that begins here; 0 if none does. */
    private static int colour(char[] text, int at, int end) {
        var matcher = COLOUR.matcher(String.valueOf(text, at, Math.min(COLOUR_MAX, end - at)));
        return matcher.lookingAt() ? matcher.end() : 0;
    }

    private static String spelled(char c) {
        return String.format("\\u%04x", (int) c);
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
