package org.pgreel.type;

import java.util.List;

/**
 * A value of the type tsquery: words, and operators between them. Immutable.
 *
 * <p>The parts come in Polish order: an operator, then its operands, the right one before the left one, which is how the
 * server sends them. So a query of any depth needs no recursion.
 *
 * @param parts the parts; empty for the empty query
 */
public record PgTsQuery(List<Part> parts) {

    /** What a query is made of. */
    public sealed interface Part permits Word, Operator {}

    /**
     * A word.
     *
     * @param text the word
     * @param weights the weights that it may have, of {@code ABCD}; empty for any
     * @param prefix whether words that begin with it match too
     */
    public record Word(String text, String weights, boolean prefix) implements Part {
        /** Refuses weights that do not exist. */
        public Word {
            int last = -1;
            for (int i = 0; i < weights.length(); i++) {
                int next = WEIGHTS.indexOf(weights.charAt(i));
                last = next > last ? next : WEIGHTS.length();
            }
            if (last == WEIGHTS.length()) {
                throw new IllegalArgumentException("the weights of a word are some of ABCD in this order");
            }
        }
    }

    /**
     * An operator.
     *
     * @param kind which one
     * @param distance how far the words of a phrase stand apart; 0 for other operators
     */
    public record Operator(Kind kind, int distance) implements Part {
        /** Negation. */
        public static final Operator NOT = new Operator(Kind.NOT, 0);
        /** Both. */
        public static final Operator AND = new Operator(Kind.AND, 0);
        /** One of both. */
        public static final Operator OR = new Operator(Kind.OR, 0);

        /** Refuses a distance of what is no phrase. */
        public Operator {
            if (distance < 0 || distance > DISTANCE_MAX || kind != Kind.PHRASE && distance != 0) {
                throw new IllegalArgumentException("the words of a phrase stand at most 16384 apart");
            }
        }

        /** Returns the operator of two words that stand that far apart, in this order. */
        public static Operator phrase(int distance) {
            return new Operator(Kind.PHRASE, distance);
        }
    }

    /** The operators. */
    public enum Kind {
        /** Negation, {@code !}; the only one with a single operand. */
        NOT(1),
        /** Both, {@code &}. */
        AND(2),
        /** One of both, {@code |}. */
        OR(3),
        /** One behind the other, {@code <->}. */
        PHRASE(4);

        /** What it is on the wire. */
        final int number;

        Kind(int number) {
            this.number = number;
        }
    }

    static final String WEIGHTS = "ABCD";
    static final int DISTANCE_MAX = 16_384;

    /** Refuses parts that make no query, or several. */
    public PgTsQuery {
        parts = List.copyOf(parts);
        int missing = parts.isEmpty() ? 0 : 1;
        for (int i = 0; i < parts.size(); i++) {
            missing += operands(parts.get(i)) - 1;
            if (missing < 0 || missing == 0 && i + 1 < parts.size()) {
                throw new IllegalArgumentException("the parts make more than one query");
            }
        }
        if (missing != 0) {
            throw new IllegalArgumentException("an operator has no operand");
        }
    }

    static int operands(Part part) {
        return part instanceof Operator operator ? (operator.kind() == Kind.NOT ? 1 : 2) : 0;
    }

    /**
     * Returns the query that the text tells, such as {@code 'fat':AB* & !'cat'}.
     *
     * @throws MalformedValueException if it tells none
     */
    public static PgTsQuery parse(String text) {
        return TsQueryText.parse(text);
    }

    /** Returns the query as PostgreSQL reads it. */
    @Override
    public String toString() {
        return TsQueryText.print(this);
    }
}
