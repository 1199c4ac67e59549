package com.example.shop;

import java.math.BigDecimal;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class Checkout {
    private final Orders orders;

    Checkout(Orders orders) {
        this.orders = orders;
    }

    @Transactional
    public UUID place(String customer, BigDecimal total, String... names) {
        var order = new PurchaseOrder();
        order.customer = customer;
        order.total = total;
        for (String name : names) {
            var item = new Item();
            item.name = name;
            item.order = order;
            order.items.add(item);
        }
        return orders.save(order).id;
    }

    @Transactional
    public void raise(UUID id) {
        PurchaseOrder order = orders.findById(id).orElseThrow();
        order.total = order.total.add(BigDecimal.ONE);
    }

    @Transactional(readOnly = true)
    public String tell(UUID id) {
        PurchaseOrder order = orders.whole(id);
        return order.customer + " " + order.total + " v" + order.version + " " + order.items.size() + " items";
    }
}
