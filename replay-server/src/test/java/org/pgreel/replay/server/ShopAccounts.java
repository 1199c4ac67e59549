package org.pgreel.replay.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the shop is the same in, whatever its client. */
final class ShopAccounts {

    /** The accounts as COPY takes them. */
    static final String LINES = IntStream.range(0, 40)
            .mapToObj(i -> i + "\tname-" + i + "\t100.00\n")
            .collect(Collectors.joining());

    private ShopAccounts() {}

    /** Returns what a run came to; the order in which the workers came by does not matter. */
    static String report(List<String> lines, List<String> news, String accounts) {
        var all = new ArrayList<>(lines);
        Collections.sort(all);
        var sorted = new ArrayList<>(news);
        Collections.sort(sorted);
        all.addAll(sorted);
        return String.join("\n", all) + "\n" + accounts;
    }
}
