"""Invented exports of shop systems: orders of one and several lines, a guest, a refund, a cancelled one."""

SHOPIFY = (
    "Name,Email,Financial Status,Paid at,Currency,Subtotal,Total,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem sku,Billing Name,Phone,Cancelled at,Refunded Amount,Lineitem discount\n"
    "#1,ida@shop.example,paid,2024-05-01 10:00:00 +0000,EUR,25.00,29.00,2024-05-01 09:58:12 "
    "+0000,2,Cup,10.00,C-1,I,,,0.00,1.50\n"
    "#1,,,,,,,,1,Spoon,5.00,S-2,,,,,0\n"
    "#2,,paid,2024-05-03 10:00:00 +0000,EUR,5.00,5.00,2024-05-03 09:58:12 +0000,1,Spoon,5.00,S-2,J,+49 30 "
    "1,,0.00,0\n"
    "#3,,paid,2024-05-04 10:00:00 +0000,EUR,8.00,8.00,2024-05-04 09:58:12 +0000,1,Bowl,8.00,B-3,,,,0.00,0\n"
    "#4,ida@shop.example,refunded,2024-05-05 10:00:00 +0000,EUR,8.00,8.00,2024-05-05 09:00:00 "
    "+0000,1,Bowl,8.00,B-3,I,,,8.00,0\n"
    "#5,kim@shop.example,paid,,EUR,10.00,10.00,2024-05-06 09:00:00 +0000,1,Cup,10.00,C-1,K,,2024-05-07 "
    "09:00:00 +0000,0.00,0\n"
)
ANALYTICS = (
    "Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Coupon(s),Net "
    "Sales\n"
    '2024-05-01 09:00:00,11,$35.00,completed,Ida Berg,new,"2× Cup, large, 1× Spoon",3,,35.00\n'
    "2024-05-02 09:00:00,12,$5.00,processing,,new,1× Spoon,1,,5.00\n"
    "2024-05-03 09:00:00,13,$8.00,refunded,Kim Lot,new,1× Bowl,1,,8.00\n"
    "2024-05-04 09:00:00,14,$8.00,cancelled,Kim Lot,returning,1× Bowl,1,,8.00\n"
)
WOO_WIDE = (
    "order_id,order_number,order_date,status,order_total,order_currency,customer_id,customer_email,line_item_1,line_item_2,"
    "Product Item 1 Name,Product Item 1 SKU,Product Item 1 Quantity,Product Item 1 Total,"
    "Product Item 2 Name,Product Item 2 SKU,Product Item 2 Quantity,Product Item 2 Total\n"
    "21,21,2024-05-01 09:00:00,completed,30.00,EUR,7,ida@shop.example,x,y,Cup,C-1,2,20.00,Spoon,S-2,1,5.00\n"
    "22,22,2024-05-02 09:00:00,processing,9.00,EUR,0,guest@shop.example,x,,Spoon,S-2,1,5.00,,,,\n"
    "23,23,2024-05-03 09:00:00,refunded,8.00,EUR,7,ida@shop.example,x,,Bowl,B-3,1,8.00,,,,\n"
    "24,24,2024-05-04 09:00:00,cancelled,8.00,EUR,8,kim@shop.example,x,,Bowl,B-3,1,8.00,,,,\n"
)
WOO_CELLS = (
    "order_id,order_date,status,order_total,order_currency,customer_id,customer_email,line_item_1,line_item_2\n"
    "21,2024-05-01 "
    "09:00:00,completed,30.00,EUR,7,ida@shop.example,name:Cup|product_id:1|sku:C-1|quantity:2|total:20.00|"
    "sub_total:22.00,name:Spoon|product_id:2|sku:S-2|quantity:1|total:5.00|sub_total:5.00\n"
    "22,2024-05-02 "
    "09:00:00,processing,9.00,EUR,0,guest@shop.example,name:Spoon|sku:S-2|quantity:1|total:5.00,\n"
    "23,2024-05-03 09:00:00,refunded,8.00,EUR,7,ida@shop.example,name:Bowl|sku:B-3|quantity:1|total:8.00,\n"
    "24,2024-05-04 09:00:00,cancelled,8.00,EUR,8,kim@shop.example,name:Bowl|sku:B-3|quantity:1|total:8.00,\n"
)
WOO_ITEMS = (
    "order_id,order_number,order_date,status,customer_id,billing_email,item_name,item_sku,item_quantity,item_total,order_total\n"
    "21,21,2024-05-01 09:00:00,completed,7,ida@shop.example,Cup,C-1,2,20.00,30.00\n"
    "21,21,2024-05-01 09:00:00,completed,7,ida@shop.example,Spoon,S-2,1,5.00,30.00\n"
    "22,22,2024-05-02 09:00:00,processing,0,guest@shop.example,Spoon,S-2,1,5.00,9.00\n"
    "23,23,2024-05-03 09:00:00,refunded,7,ida@shop.example,Bowl,B-3,1,8.00,8.00\n"
    "24,24,2024-05-04 09:00:00,cancelled,8,kim@shop.example,Bowl,B-3,1,8.00,8.00\n"
)
SQUARE = (
    "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net "
    "Sales,Tax,"
    "Transaction ID,Payment ID,Event Type,Location,Customer ID,Customer Name\n"
    "2024-05-01,09:00:00,UTC,,Cup,2,,C-1,,20.00,-2.00,18.00,1.00,t1,p1,Payment,Here,c7,Ida\n"
    "2024-05-01,09:00:00,UTC,,Spoon,1,,S-2,,5.00,0.00,5.00,0.40,t1,p1,Payment,Here,c7,Ida\n"
    "2024-05-02,10:00:00,UTC,,Spoon,1,,S-2,,5.00,0.00,5.00,0.40,t2,p2,Payment,Here,,\n"
    "2024-05-03,10:00:00,UTC,,Cup,-1,,C-1,,-10.00,0.00,-10.00,-0.40,t3,p3,Refund,Here,c7,Ida\n"
)
AMAZON = (
    "amazon-order-id\tmerchant-order-id\tpurchase-date\torder-status\tproduct-name\tsku\tasin\titem-status\tquantity\tcurrency\t"
    "item-price\tbuyer-email\n"
    "1-1\t\t2024-05-01T09:00:00+00:00\tShipped\tCup\tC-1\tB0\tShipped\t2\tGBP\t20.00\tida@m.example\n"
    "1-1\t\t2024-05-01T09:00:00+00:00\tShipped\tSpoon\tS-2\tB1\tShipped\t1\tGBP\t5.00\tida@m.example\n"
    "1-2\t\t2024-05-02T09:00:00+00:00\tShipped\tSpoon\tS-2\tB1\tShipped\t1\tGBP\t5.00\t\n"
    "1-3\t\t2024-05-03T09:00:00+00:00\tCancelled\tBowl\tB-3\tB2\tCancelled\t1\tGBP\t8.00\tkim@m.example\n"
)
PRESTASHOP = (
    "ID;Référence;Nouveau client;Livraison;Client;Total;Paiement;État;Date\n"
    "1;QWERTY;Oui;France;I. Berg;25.00;Carte;Livré;2024-05-01 09:00:00\n"
    "2;ASDFGH;Non;France;I. Berg;5.00;Carte;Paiement accepté;2024-05-02 09:00:00\n"
    "3;ZXCVBN;Oui;Suisse;;8.00;Carte;Remboursé;2024-05-03 09:00:00\n"
    "4;POIUYT;Oui;Suisse;K. Lot;8.00;Chèque;Annulé;2024-05-04 09:00:00\n"
)
_CUP = "Product ID: 1, Product Qty: 2, Product SKU: C-1, Product Name: Cup, large, Product Weight: 1.00, "
_SPOON = "Product ID: 2, Product Qty: 1, Product SKU: S-2, Product Name: Spoon, Product Unit Price: 5.00, "
_BOWL = "Product ID: 3, Product Qty: 1, Product SKU: B-3, Product Name: Bowl, Product Unit Price: 8.00, "
BIGCOMMERCE = (
    "Order ID,Customer ID,Customer Name,Customer Email,Order Date,Order Status,Order Total (inc tax),Order "
    "Currency Code,"
    "Product Details\n"
    f'31,7,Ida,ida@shop.example,01/05/2024,Completed,30.00,EUR,"{_CUP}Product Unit Price: 10.00, '
    f'Product Total Price: 20.00|{_SPOON}Product Total Price: 5.00"\n'
    f'32,0,,guest@shop.example,02/05/2024,Shipped,6.00,EUR,"{_SPOON}Product Total Price: 5.00"\n'
    f'33,7,Ida,ida@shop.example,03/05/2024,Refunded,8.00,EUR,"{_BOWL}Product Total Price: 8.00"\n'
    f'34,8,Kim,kim@shop.example,04/05/2024,Cancelled,8.00,EUR,"{_BOWL}Product Total Price: 8.00"\n'
)
ETSY = (
    "Sale Date,Item Name,Buyer,Quantity,Price,Discount Amount,Item Total,Currency,Transaction ID,Listing "
    "ID,Date Paid,"
    "Ship Country,Order ID,Variations,SKU\n"
    "05/01/24,Cup,ida7,2,10.00,0,20.00,EUR,901,81,05/01/24,Norway,41,,C-1\n"
    "05/01/24,Spoon,ida7,1,5.00,0,5.00,EUR,902,82,05/01/24,Norway,41,,S-2\n"
    "05/02/24,Spoon,,1,5.00,0,5.00,EUR,903,82,05/02/24,Norway,42,,S-2\n"
    "05/03/24,Bowl,kim8,1,8.00,0,8.00,EUR,904,83,05/03/24,Spain,43,,B-3\n"
)
MAGENTO = (
    "ID,Purchase Point,Purchase Date,Bill-to Name,Ship-to Name,Grand Total (Base),Grand Total "
    "(Purchased),Status,"
    "Customer Email,Customer Group,Subtotal\n"
    "000001,Main,2024-05-01 09:00:00,Ida,Ida,25.00,25.00,Complete,ida@shop.example,General,20.00\n"
    "000002,Main,2024-05-02 09:00:00,Guest,Guest,5.00,5.00,Processing,guest@shop.example,NOT LOGGED IN,5.00\n"
    "000003,Main,2024-05-03 09:00:00,Ida,Ida,8.00,8.00,Closed,ida@shop.example,General,8.00\n"
    "000004,Main,2024-05-04 09:00:00,Kim,Kim,8.00,8.00,Canceled,kim@shop.example,General,8.00\n"
)
EBAY = (
    "Sales Record Number,Order Number,Buyer Username,Buyer Name,Item Number,Item Title,Custom "
    "Label,Quantity,Sold For,"
    "Total Price,Sale Date,Paid On Date\n"
    "51,5-1,ida7,Ida,,,,3,25.00,29.00,2024-05-01,2024-05-01\n"
    "51,5-1,,,111,Cup,C-1,2,10.00,,,\n"
    "51,5-1,,,112,Spoon,S-2,1,5.00,,,\n"
    "52,5-2,kim8,Kim,112,Spoon,S-2,1,5.00,6.00,2024-05-02,2024-05-02\n"
    "53,5-3,,,113,Bowl,B-3,1,8.00,9.00,2024-05-03,2024-05-03\n"
)
LIGHTSPEED = (
    "Date,Receipt Number,Line Type,Customer Code,Customer Name,Note,Quantity,Subtotal,Sales "
    "Tax,Discount,Loyalty,Total,Paid,"
    "Details,Register,User,Status,Sku\n"
    "2024-05-01 09:00:00,61,Sale,IDA-7,Ida,,3,25.00,0,0,0,25.00,25.00,,Main,Bo,CLOSED,\n"
    "2024-05-01 09:00:00,61,Sale Line,,,,2,20.00,0,0,0,20.00,,Cup,Main,Bo,,C-1\n"
    "2024-05-01 09:00:00,61,Sale Line,,,,1,5.00,0,0,0,5.00,,Spoon,Main,Bo,,S-2\n"
    "2024-05-01 09:00:00,61,Payment,,,,,,,,,,25.00,Cash,Main,Bo,,\n"
    "2024-05-02 09:00:00,62,Sale,,,,1,5.00,0,0,0,5.00,5.00,,Main,Bo,CLOSED,\n"
    "2024-05-02 09:00:00,62,Sale Line,,,,1,5.00,0,0,0,5.00,,Spoon,Main,Bo,,S-2\n"
    "2024-05-03 09:00:00,63,Sale,KIM-8,Kim,,1,8.00,0,0,0,8.00,,,Main,Bo,VOIDED,\n"
    "2024-05-03 09:00:00,63,Sale Line,,,,1,8.00,0,0,0,8.00,,Bowl,Main,Bo,,B-3\n"
)
STRIPE = (
    "id,Created (UTC),Amount,Amount Refunded,Currency,Description,Fee,Status,Customer ID,Customer Email\n"
    "ch_1,2024-05-01 09:00:00,25.00,0.00,eur,Order 1,1.00,Paid,cus_7,ida@shop.example\n"
    "ch_2,2024-05-02 09:00:00,5.00,0.00,eur,Order 2,1.00,Paid,,guest@shop.example\n"
    "ch_3,2024-05-03 09:00:00,8.00,8.00,eur,Order 3,1.00,Refunded,cus_7,ida@shop.example\n"
    "ch_4,2024-05-04 09:00:00,8.00,0.00,eur,Order 4,0.00,Failed,cus_8,kim@shop.example\n"
)
OLIST = (
    "order_id,customer_id,customer_unique_id,order_status,order_purchase_timestamp,order_item_id,product_id,price,freight_value\n"
    "o1,x1,u7,delivered,2017-05-01 09:00:00,1,C-1,12.50,3.00\n"
    "o1,x1,u7,delivered,2017-05-01 09:00:00,2,C-1,12.50,3.00\n"
    "o2,x2,u9,delivered,2017-05-02 09:00:00,1,S-2,5.00,3.00\n"
    "o3,x3,u7,canceled,2017-05-03 09:00:00,1,B-3,8.00,3.00\n"
)
TA_FENG = (
    "TRANSACTION_DT,CUSTOMER_ID,AGE_GROUP,PIN_CODE,PRODUCT_SUBCLASS,PRODUCT_ID,AMOUNT,ASSET,SALES_PRICE\n"
    "2000-11-13,00007,30-34,E,1,471,2,15,20\n"
    "2000-11-13,00007,30-34,E,1,472,1,4,5\n"
    "2000-11-14,00009,30-34,E,1,472,1,4,5\n"
)
RETAIL_I = (
    "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
    "700001,C-1,CUP,2,13/12/2010 08:26,10.00,12999,Norway\n"
    "700001,S-2,SPOON,1,13/12/2010 08:26,5.00,12999,Norway\n"
    "700002,S-2,SPOON,1,14/12/2010 08:26,5.00,,Norway\n"
    "C700003,C-1,CUP,-1,15/12/2010 08:26,10.00,12999,Norway\n"
)
RETAIL_II = (
    RETAIL_I.replace("InvoiceNo", "Invoice")
    .replace("UnitPrice", "Price")
    .replace("CustomerID", "Customer ID")
)

#: Layout's id, the file, and of each customer the money of the lines whose status does not leave them out.
SKYVERGE = (
    "order_id,order_number,date,status,order_total,order_currency,customer_id,billing_email,item_name,item_sku,"
    "item_quantity,item_subtotal,item_total\n"
    "31,31,2024-05-01 09:00:00,completed,30.00,EUR,7,ida@shop.example,Cup,C-1,2,20.00,20.00\n"
    "31,31,2024-05-01 09:00:00,completed,30.00,EUR,7,ida@shop.example,Spoon,S-2,1,5.00,5.00\n"
    "32,32,2024-05-02 09:00:00,processing,9.00,EUR,0,guest@shop.example,Spoon,S-2,1,6.00,5.00\n"
    "33,33,2024-05-03 09:00:00,refunded,8.00,EUR,7,ida@shop.example,Bowl,B-3,1,8.00,8.00\n"
)
MAGENTO_ITEMS = (
    "increment_id,created_at,status,customer_id,customer_email,base_currency_code,grand_total,item_sku,"
    "item_name,item_qty_ordered,item_price,item_discount_amount,item_row_total\n"
    "000041,2024-05-01 09:00:00,complete,7,ida@shop.example,EUR,29.00,C-1,Cup,2.0000,10.0000,1.5000,20.0000\n"
    "000041,2024-05-01 09:00:00,complete,7,ida@shop.example,EUR,29.00,S-2,Spoon,1.0000,5.0000,0.0000,5.0000\n"
    "000042,2024-05-02 09:00:00,processing,,guest@shop.example,"
    "EUR,9.00,S-2,Spoon,1.0000,5.0000,0.0000,5.0000\n"
    "000043,2024-05-03 09:00:00,closed,7,ida@shop.example,EUR,8.00,B-3,Bowl,1.0000,8.0000,0.0000,8.0000\n"
    "000044,2024-05-04 09:00:00,canceled,8,kim@shop.example,EUR,8.00,B-3,Bowl,1.0000,8.0000,0.0000,8.0000\n"
)
FAIRE = (
    "Order Date,Order Number,Retailer Name,Country,Product Name,SKU,Status,Quantity,"
    "Wholesale Price,Retail Price\n"
    "2024-05-01,A51,Gift Barn,US,Candle,C-1,Shipped,6,$10.00,$20.00\n"
    "2024-05-01,A51,Gift Barn,US,Soap,S-2,Shipped,5,$4.00,$8.00\n"
    "2024-05-02,A52,Toy Loft,US,Soap,S-2,Canceled,5,$4.00,$8.00\n"
)
GUMROAD = (
    "Purchase ID,Item Name,Purchase Email,Buyer Email,Purchase Date,Subtotal ($),Sale Price ($),Fees ($),"
    "Net Total ($),Refunded?,Fully Refunded?,Order Number,Product ID\n"
    "1A,eBook,ida@m.example,,2024-05-01,10.0,10.0,1.5,8.5,0,0,61,p1\n"
    "1B,Course,,kim@m.example,2024-05-02,90.0,90.0,9.5,80.5,0,0,62,p2\n"
    "1C,eBook,lou@m.example,,2024-05-03,10.0,10.0,1.5,0.0,1,1,63,p1\n"
)

EXPORTS = {
    "shopify": ("shopify", SHOPIFY, {"ida@shop.example": "23.50", "+49 30 1": 5, None: 8}),
    "analytics": ("woocommerce-analytics", ANALYTICS, {"Ida Berg": 35, None: 5}),
    "wide": ("woocommerce-orders", WOO_WIDE, {"7": 25, "guest@shop.example": 5}),
    "cells": ("woocommerce-orders", WOO_CELLS, {"7": 25, "guest@shop.example": 5}),
    "items": ("woocommerce-items", WOO_ITEMS, {"7": 25, "guest@shop.example": 5}),
    "skyverge": ("woocommerce-items", SKYVERGE, {"7": 25, "guest@shop.example": 5}),
    "magento items": ("magento-items", MAGENTO_ITEMS, {"7": "23.50", "guest@shop.example": 5}),
    "faire": ("faire", FAIRE, {"Gift Barn": 80}),
    "gumroad": ("gumroad", GUMROAD, {"ida@m.example": 10, "kim@m.example": 90}),
    "square": ("square", SQUARE, {"c7": 13, None: 5}),
    "amazon": ("amazon", AMAZON, {"ida@m.example": 25, None: 5}),
    "prestashop": ("prestashop", PRESTASHOP, {"I. Berg": 30}),
    "bigcommerce": ("bigcommerce", BIGCOMMERCE, {"7": 25, "guest@shop.example": 5}),
    "etsy": ("etsy", ETSY, {"ida7": 25, None: 5, "kim8": 8}),
    "magento": ("magento", MAGENTO, {"ida@shop.example": 25, "guest@shop.example": 5}),
    "ebay": ("ebay", EBAY, {"ida7": 25, "kim8": 5, None: 8}),
    "lightspeed": ("lightspeed", LIGHTSPEED, {"IDA-7": 25, None: 5}),
    "stripe": ("stripe", STRIPE, {"cus_7": 25, "guest@shop.example": 5}),
    "olist": ("olist", OLIST, {"u7": 25, "u9": 5}),
    "ta-feng": ("ta-feng", TA_FENG, {"00007": 25, "00009": 5}),
    "online-retail": ("online-retail", RETAIL_I, {"12999": 15, None: 5}),
    "online-retail-2": ("online-retail-2", RETAIL_II, {"12999": 15, None: 5}),
}  # fmt: skip
