package org.pgreel.type;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** Queries as text, {@code 'fat':*AB & !( 'cat' | 'rat' <-> 'trap' )}, without recursion. */
final class TsQueryText {
    private final LexemeText in;
    /** Operands before their operators; reversed it is the order of a query's parts. */
    private final List<PgTsQuery.Part> postfix = new ArrayList<>();
    /** Operators whose right operand is not done. */
    private final List<PgTsQuery.Operator> open = new ArrayList<>();

    private static final PgTsQuery.Operator PARENTHESIS = new PgTsQuery.Operator(PgTsQuery.Kind.PHRASE, 0);

    private TsQueryText(String text) {
        this.in = new LexemeText(text);
    }

    static PgTsQuery parse(String text) {
        var parser = new TsQueryText(text);
        parser.in.skipBlanks();
        if (!parser.in.more()) {
            return new PgTsQuery(List.of());
        }
        parser.read();
        Collections.reverse(parser.postfix);
        try {
            return new PgTsQuery(parser.postfix);
        } catch (IllegalArgumentException e) {
            throw new MalformedValueException("operators and words do not fit each other");
        }
    }

    private void read() {
        boolean operandDue = true;
        while (in.more()) {
            if (operandDue && in.accept('!')) {
                open.add(PgTsQuery.Operator.NOT);
            } else if (operandDue && in.accept('(')) {
                open.add(PARENTHESIS);
            } else if (operandDue) {
                postfix.add(word());
                operandDue = false;
            } else if (in.accept(')')) {
                closeParenthesis();
            } else {
                PgTsQuery.Operator operator = binary();
                while (!open.isEmpty() && rank(last()) >= rank(operator)) {
                    postfix.add(open.remove(open.size() - 1));
                }
                open.add(operator);
                operandDue = true;
            }
            in.skipBlanks();
        }
        while (!open.isEmpty()) {
            if (isParenthesis(last())) {
                throw in.malformed();
            }
            postfix.add(open.remove(open.size() - 1));
        }
    }

    private PgTsQuery.Operator last() {
        return open.get(open.size() - 1);
    }

    @SuppressWarnings("ReferenceEquality") // A phrase at the distance 0 is another object.
    private static boolean isParenthesis(PgTsQuery.Operator operator) {
        return operator == PARENTHESIS;
    }

    private static int rank(PgTsQuery.Operator operator) {
        if (isParenthesis(operator)) {
            return 0;
        }
        return switch (operator.kind()) {
            case OR -> 1;
            case AND -> 2;
            case PHRASE -> 3;
            case NOT -> 4;
        };
    }

    private void closeParenthesis() {
        while (!open.isEmpty() && !isParenthesis(last())) {
            postfix.add(open.remove(open.size() - 1));
        }
        if (open.isEmpty()) {
            throw in.malformed();
        }
        open.remove(open.size() - 1);
    }

    private PgTsQuery.Operator binary() {
        if (in.accept('&')) {
            return PgTsQuery.Operator.AND;
        } else if (in.accept('|')) {
            return PgTsQuery.Operator.OR;
        }
        in.expect('<');
        int distance = in.accept('-') ? 1 : in.number(PgTsQuery.DISTANCE_MAX);
        in.expect('>');
        return PgTsQuery.Operator.phrase(distance);
    }

    private PgTsQuery.Word word() {
        String text = in.word();
        boolean prefix = false;
        int weights = 0;
        if (in.accept(':')) {
            for (char c = in.letter("*ABCD", ' '); c != ' '; c = in.letter("*ABCD", ' ')) {
                prefix |= c == '*';
                weights |= c == '*' ? 0 : 8 >> PgTsQuery.WEIGHTS.indexOf(c);
            }
        }
        return new PgTsQuery.Word(text, TsQueryCodec.weights(weights), prefix);
    }

    static String print(PgTsQuery query) {
        List<PgTsQuery.Part> parts = query.parts();
        int[][] operands = operands(parts);
        var out = new StringBuilder();
        // What is still to be written: texts, and indexes of parts.
        Deque<Object> due = new ArrayDeque<>();
        if (!parts.isEmpty()) {
            due.push(0);
        }
        while (!due.isEmpty()) {
            Object next = due.pop();
            if (next instanceof Integer index) {
                write(parts, operands, index, out, due);
            } else {
                out.append(next);
            }
        }
        return out.toString();
    }

    private static void write(
            List<PgTsQuery.Part> parts, int[][] operands, int index, StringBuilder out, Deque<Object> due) {
        if (parts.get(index) instanceof PgTsQuery.Word word) {
            boolean plain = word.weights().isEmpty() && !word.prefix();
            out.append(LexemeText.quoted(word.text())).append(plain ? "" : ":");
            out.append(word.prefix() ? "*" : "").append(word.weights());
        } else if (parts.get(index) instanceof PgTsQuery.Operator operator) {
            if (operator.kind() == PgTsQuery.Kind.NOT) {
                out.append('!');
                pushOperand(parts, operands[index][0], due);
            } else {
                // Last in, first out.
                pushOperand(parts, operands[index][0], due);
                due.push(symbol(operator));
                pushOperand(parts, operands[index][1], due);
            }
        }
    }

    private static void pushOperand(List<PgTsQuery.Part> parts, int index, Deque<Object> due) {
        boolean binary = PgTsQuery.operands(parts.get(index)) == 2;
        if (binary) {
            due.push(" )");
        }
        due.push(index);
        if (binary) {
            due.push("( ");
        }
    }

    private static String symbol(PgTsQuery.Operator operator) {
        return switch (operator.kind()) {
            case AND -> " & ";
            case OR -> " | ";
            default -> operator.distance() == 1 ? " <-> " : " <" + operator.distance() + "> ";
        };
    }

    /** Returns of each operator where its right operand and its left one begin. */
    private static int[][] operands(List<PgTsQuery.Part> parts) {
        int[][] operands = new int[parts.size()][];
        Deque<Integer> done = new ArrayDeque<>();
        for (int i = parts.size() - 1; i >= 0; i--) {
            int count = PgTsQuery.operands(parts.get(i));
            operands[i] = new int[count];
            for (int j = 0; j < count; j++) {
                operands[i][j] = done.pop();
            }
            done.push(i);
        }
        return operands;
    }
}
