package org.pgreel.protocol.authentication;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a server refused a token: the JSON object of RFC 7628, 3.2.2.
 *
 * @param status such as {@code invalid_token}
 * @param scope the scope that a token needs; empty if the server does not say
 * @param openidConfiguration where the authorisation server describes itself; empty if the server does not say
 */
public record OAuthRefusal(String status, String scope, String openidConfiguration) {

    /**
     * Reads the server's message.
     *
     * @throws IllegalArgumentException if it is no JSON object with a string {@code status}; it is not repeated
     */
    public static OAuthRefusal parse(byte[] message) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(message))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it is not UTF-8", e);
        }
        Map<String, String> members = new Json(text).object();
        String status = members.get("status");
        if (status == null) {
            throw new IllegalArgumentException("it has no status");
        }
        return new OAuthRefusal(
                status, members.getOrDefault("scope", ""), members.getOrDefault("openid-configuration", ""));
    }

    /** Reads JSON (RFC 8259) strictly; of the outermost object the members that are strings are kept. */
    private static final class Json {

        private static final int DEPTH_MAX = 8;
        private static final String NUMBER = "-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?";

        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Map<String, String> object() {
            Map<String, String> members = new LinkedHashMap<>();
            members(members, 1);
            space();
            if (at < text.length()) {
                throw broken();
            }
            return members;
        }

        private void members(Map<String, String> found, int depth) {
            expect('{');
            space();
            if (next('}')) {
                return;
            }
            do {
                space();
                String name = string();
                expect(':');
                space();
                if (at < text.length() && text.charAt(at) == '"') {
                    if (found.put(name, string()) != null) {
                        throw new IllegalArgumentException("it has a member twice");
                    }
                } else {
                    value(depth + 1);
                }
                space();
            } while (next(','));
            expect('}');
        }

        private void value(int depth) {
            if (depth > DEPTH_MAX || at == text.length()) {
                throw broken();
            }
            switch (text.charAt(at)) {
                case '{' -> members(new LinkedHashMap<>(), depth);
                case '[' -> elements(depth);
                case '"' -> string();
                default -> word();
            }
        }

        private void elements(int depth) {
            expect('[');
            space();
            if (next(']')) {
                return;
            }
            do {
                space();
                value(depth + 1);
                space();
            } while (next(','));
            expect(']');
        }

        private void word() {
            int begin = at;
            while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String word = text.substring(begin, at);
            if (!word.equals("true") && !word.equals("false") && !word.equals("null") && !word.matches(NUMBER)) {
                throw broken();
            }
        }

        private String string() {
            expect('"');
            StringBuilder value = new StringBuilder();
            while (at < text.length() && text.charAt(at) != '"') {
                char c = text.charAt(at++);
                if (c < ' ') {
                    throw broken();
                }
                value.append(c == '\\' ? escaped() : c);
            }
            expect('"');
            return value.toString();
        }

        private char escaped() {
            char c = at < text.length() ? text.charAt(at++) : ' ';
            int plain = "\"\\/bfnrt".indexOf(c);
            if (plain >= 0) {
                return "\"\\/\b\f\n\r\t".charAt(plain);
            }
            if (c != 'u'
                    || at + 4 > text.length()
                    || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
                throw broken();
            }
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }

        private boolean next(char c) {
            boolean there = at < text.length() && text.charAt(at) == c;
            if (there) {
                at++;
            }
            return there;
        }

        private void expect(char c) {
            space();
            if (!next(c)) {
                throw broken();
            }
        }

        private void space() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private static IllegalArgumentException broken() {
            return new IllegalArgumentException("it is no JSON object");
        }
    }
}
