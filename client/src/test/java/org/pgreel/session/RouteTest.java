package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectionFailureReason.ConnectionFailedDns;
import org.pgreel.client.LoadBalanceHosts;
import org.pgreel.client.ServerAddress;

class RouteTest {

    private static List<String> order(LoadBalanceHosts balance, Chance chance) {
        ConnectOptions options = ConnectOptions.builder()
                .user("alice")
                .addresses(List.of(
                        new ServerAddress.Tcp("a", 1), new ServerAddress.Tcp("b", 1), new ServerAddress.Tcp("c", 1)))
                .loadBalanceHosts(balance)
                .build();
        Route route = new Route(options, chance);
        List<String> order = new ArrayList<>();
        do {
            order.add(((ServerAddress.Tcp) route.current()).host());
        } while (route.goesOn(new ConnectionFailedDns("x", null)));
        return order;
    }

    @Test
    void theOrderIsTheListsUnlessItIsMixed() {
        Chance least = Chance.of(() -> "", bound -> 0);

        assertThat(order(LoadBalanceHosts.DISABLE, least)).containsExactly("a", "b", "c");
        assertThat(order(LoadBalanceHosts.RANDOM, least)).containsExactly("b", "c", "a");
    }

    @Test
    void everyOrderComesAndEachServerOnce() {
        Random random = new Random(7);
        Set<String> orders = new TreeSet<>();
        for (int round = 0; round < 200; round++) {
            orders.add(String.join("", order(LoadBalanceHosts.RANDOM, Chance.of(() -> "", random::nextInt))));
        }

        assertThat(orders).containsExactly("abc", "acb", "bac", "bca", "cab", "cba");
    }
}
