package org.pgreel.protocol.transcript;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads transcripts.
 *
 * <p>First each line is taken apart, then the fields of messages are matched with what {@link MessageForms} knows of them;
 * scripts will add items to the first step and leave the second as it is.
 */
public final class TranscriptParser {
    private TranscriptParser() {}

    /**
     * Reads a text; every message and event in it is checked.
     *
     * @throws NotationException at the first line that is not in the notation
     */
    public static Transcript parse(String text) {
        List<Line> lines = new ArrayList<>();
        String[] texts = text.split("\n", -1);
        int count = texts[texts.length - 1].isEmpty() ? texts.length - 1 : texts.length;
        for (int i = 0; i < count; i++) {
            String line = texts[i].endsWith("\r") ? texts[i].substring(0, texts[i].length() - 1) : texts[i];
            lines.add(parseLine(line, i + 1));
        }
        return new Transcript(lines);
    }

    private static Line parseLine(String text, int number) {
        Line line = LineParser.parse(text, number);
        if (line.item() instanceof Item.MessageItem message) {
            MessageForms.read(message, number);
        } else if (line.item() instanceof Item.EventItem event) {
            EventForms.check(event, number);
        }
        return line;
    }
}
