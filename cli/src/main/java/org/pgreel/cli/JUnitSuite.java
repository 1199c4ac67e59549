package org.pgreel.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what came of a replay in the XML that JUnit writes. */
final class JUnitSuite {

    /**
     * One thing that was looked at.
     *
     * @param name its name
     * @param failure what is wrong with it, in lines; null if nothing is
     */
    record Case(String name, @Nullable String failure) {}

    private JUnitSuite() {}

    /** Returns the document. */
    static String xml(List<Case> cases, String output) {
        long failures = cases.stream().filter(one -> one.failure() != null).count();
        var xml = new StringBuilder(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"pgreel replay\" tests=\"" + cases.size()
                        + "\" failures=\"" + failures + "\" errors=\"0\" skipped=\"0\">\n");
        for (Case one : cases) {
            xml.append("  <testcase classname=\"pgreel.replay\" name=\"").append(escaped(one.name()));
            if (one.failure() == null) {
                xml.append("\"/>\n");
            } else {
                String first = one.failure().lines().findFirst().orElse("");
                xml.append("\">\n    <failure message=\"")
                        .append(escaped(first))
                        .append("\">");
                xml.append(escaped(one.failure())).append("</failure>\n  </testcase>\n");
            }
        }
        xml.append("  <system-out>").append(escaped(output)).append("</system-out>\n");
        return xml.append("</testsuite>\n").toString();
    }

    /** Returns text for XML; a character that XML does not know becomes a question mark. */
    private static String escaped(String text) {
        var out = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean legal =
                    c == '\n' || c == '\t' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c != 0xFFFE && c != 0xFFFF;
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> out.appendCodePoint(legal ? c : '?');
            }
        });
        return out.toString();
    }
}
