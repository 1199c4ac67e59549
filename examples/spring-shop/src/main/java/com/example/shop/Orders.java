package com.example.shop;

import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface Orders extends JpaRepository<PurchaseOrder, UUID> {
    @Query("select o from PurchaseOrder o left join fetch o.items where o.id = :id")
    PurchaseOrder whole(UUID id);
}
