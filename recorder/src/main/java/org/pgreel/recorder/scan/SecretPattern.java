package org.pgreel.recorder.scan;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scan looks for. Each has a positive and a negative fixture in the tests; {@code docs/scan.md} lists them. */
public enum SecretPattern {
    /** A password in the text of SQL, of a connection string or of a setting; one that is overwritten is none. */
    PASSWORD("(?i)\\b(?:password|passwd|pwd)\\b[\"']?\\s*(?:[:=]\\s*|\\s)(?:E|U&)?'(?!\\*+')[^'\\n]{1,200}'"
            + "|(?i)\\b(?:password|passwd|pwd)=(?!\\*+\\b)[^\\s'\"&;,*]{3,200}"),
    /** A verifier of SCRAM as PostgreSQL stores it, or the hash of a password. */
    VERIFIER("SCRAM-SHA-256\\$\\d+:[A-Za-z0-9+/=]+\\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+"
            + "|\\bmd5[0-9a-f]{32}\\b|\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}"),
    /** Words such as secret, token or API key before what looks like one. */
    KEYWORD("(?i)\\b(?:api[_-]?key|secret[_-]?key|client[_-]?secret|access[_-]?token|auth[_-]?token|refresh[_-]?token)"
            + "\\b[\"']?\\s*[:=]\\s*[\"']?(?!\\*)[A-Za-z0-9_./+=-]{12,}"),
    /** A private key in PEM. */
    PEM("-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----"),
    /** A JSON Web Token. */
    JWT("\\beyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}"),
    /** The id of an access key of AWS. */
    AWS("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"),
    /** A token of GitHub, Slack or Stripe. */
    SERVICE("\\bgh[pousr]_[A-Za-z0-9]{36,}\\b|\\bxox[abprs]-[A-Za-z0-9-]{10,}\\b|\\b[sr]k_live_[A-Za-z0-9]{16,}\\b"),
    /** A connection string with a password in it. */
    URI("(?i)\\b[a-z][a-z0-9+.-]{1,20}://[^\\s/:@'\"]{1,100}:(?!\\*+@)[^\\s@/'\"]{1,100}@"),
    /** An address of e-mail. */
    EMAIL("\\b[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63})*\\.[A-Za-z]{2,24}\\b"),
    /** The number of a payment card: 13 to 19 digits in its groups, whose last fits the others (Luhn). */
    CARD(
            "(?<![\\d.])(?:[3-6]\\d{3}[ -]?\\d{4}[ -]?\\d{4}[ -]?\\d{1,4}(?:[ -]?\\d{1,3})?|3[47]\\d{2}[ -]?\\d{6}[ -]?\\d{5})"
                    + "(?![\\d.])");

    private static final int CARD_DIGITS_MIN = 13;
    private static final int CARD_DIGITS_MAX = 19;

    private final Pattern pattern;

    SecretPattern(String regex) {
        pattern = Pattern.compile(regex);
    }

    /** Returns the word that names it on a command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Tells whether the text holds one. */
    public boolean in(CharSequence text) {
        Matcher found = pattern.matcher(text);
        while (found.find()) {
            if (this != CARD || luhn(found.group())) {
                return true;
            }
        }
        return false;
    }

    private static boolean luhn(String number) {
        String digits = number.replaceAll("[ -]", "");
        if (digits.length() < CARD_DIGITS_MIN || digits.length() > CARD_DIGITS_MAX) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit : digit * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}
