package org.pgreel.scenarios.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The text of a scenario file, before anything is read from it. */
final class SourceText {
    private static final int LENGTH_MAX = 1 << 20;

    private SourceText() {}

    /** Returns the text that the bytes are in UTF-8. */
    static String of(byte[] bytes, String file) {
        if (bytes.length > LENGTH_MAX) {
            throw new ScenarioException(file, 1, 1, "the file is larger than 1 MiB; no scenario or script is");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            throw failure(file, text, text.length(), "the file is not UTF-8 from here on");
        }
        return text;
    }

    /** Returns the text with {@code \n} at the end of each line, without a byte order mark. */
    static String checked(String text, String file) {
        String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        String lines = unmarked.replace("\r\n", "\n");
        for (int i = 0; i < lines.length(); i++) {
            char c = lines.charAt(i);
            boolean control = c < ' ' && c != '\n' && c != '\t' || c == 0x7F;
            // YAML takes these for the end of a line; nothing else here does.
            boolean breaks = c == 0x85 || c == 0x2028 || c == 0x2029;
            if (control || breaks || c == 0xFEFF) {
                String name = String.format("U+%04X", (int) c);
                throw failure(
                        file, lines, i, "the character " + name + " cannot stand in a file; write its bytes as x\"…\"");
            }
        }
        return lines;
    }

    private static ScenarioException failure(String file, String text, int at, String problem) {
        int begin = text.lastIndexOf('\n', at - 1) + 1;
        int line = (int) text.substring(0, begin).chars().filter(c -> c == '\n').count() + 1;
        return new ScenarioException(file, line, text.codePointCount(begin, at) + 1, problem);
    }

    /** Returns how many blanks YAML takes from the front of each line below {@code |}. */
    static int indent(String text, YamlNode.Scalar literal, YamlNode.Scalar key) {
        List<String> lines = text.lines().toList();
        String head = lines.get(literal.line() - 1);
        for (int i = literal.column(); i < head.length() && " \t#".indexOf(head.charAt(i)) < 0; i++) {
            if (Character.isDigit(head.charAt(i))) {
                return key.column() - 1 + Character.digit(head.charAt(i), 10);
            }
        }
        for (String line : lines.subList(literal.line(), lines.size())) {
            if (!line.isBlank()) {
                return line.length() - line.stripLeading().length();
            }
        }
        return 0;
    }
}
