package org.pgreel.recorder.tape;

/** Puts the numbers back that {@link NumberTemplates} took out. Confined to one thread. */
final class FilledTemplates {

    /** As great as a number of so many digits can be. */
    private static final int NUMBER_MAX = 999_999_999;

    private final PackedNumbers numbers;
    private final GatheredNumbers fresh;
    private final RecentNumbers recent = new RecentNumbers();
    private final byte[] digits = new byte[NumberTemplates.DIGITS_MAX];

    FilledTemplates(PackedNumbers numbers, GatheredNumbers fresh) {
        this.numbers = numbers;
        this.fresh = fresh;
    }

    /** Reads an octet of what remained and adds what it stands for. */
    void next(PackedNumbers templates, GrowingBytes out) {
        int octet = templates.octet();
        int code = octet == NumberTemplates.PLACE ? numbers.octet() : NumberTemplates.ITSELF;
        if (code == NumberTemplates.ITSELF) {
            out.octet(octet);
        } else if (code == NumberTemplates.NEW) {
            long number = fresh.next();
            if (number < 1 || number > NUMBER_MAX || recent.met((int) number) >= 0) {
                throw new TapeProblem(number + " is no new number of up to " + digits.length + " digits");
            }
            number((int) number, out);
        } else {
            number(recent.at(code - NumberTemplates.RECENT), out);
        }
    }

    private void number(int number, GrowingBytes out) {
        int from = digits.length;
        for (int rest = number; rest > 0; rest /= 10) {
            digits[--from] = (byte) ('0' + rest % 10);
        }
        out.bytes(digits, from, digits.length);
    }
}
