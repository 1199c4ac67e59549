package org.pgreel.protocol.transcript;

/** Which characters stand where. */
final class Spelling {
    private Spelling() {}

    /** Tells whether the character may be part of a word, number or duration. */
    static boolean isBare(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '.'
                || c == '-'
                || c == '+'
                || c == '$';
    }

    /** Tells whether the text may stand without quotes before {@code =} and {@code :}. */
    static boolean isName(String text) {
        if (text.isEmpty() || (text.charAt(0) >= '0' && text.charAt(0) <= '9')) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isBare(c) || c == '+' || c == '-' || (i == 0 && (c == '.' || c == '$'))) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether the text is a word that needs no quotes where a word is known to stand. */
    static boolean isWord(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c != '.' && c != '+' && c != '-' && isBare((char) c));
    }

    /** Tells whether a string holds the text: no control character but newline, tab and return, nor a line separator. */
    static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\u2028' || c == '\u2029' || (Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r')) {
                return false;
            }
        }
        return true;
    }

    /** Returns the text as it stands between quotes. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
