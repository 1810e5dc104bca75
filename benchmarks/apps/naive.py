"""A dashboard as the usual guide writes it: the whole file in every worker, everything in callbacks.

The benchmark's counterpart, not part of the product. It reads the file named by BENCH_DATA at import, draws
with Plotly Express, and predicts by fitting the scaler and predicting the clusters of the whole table.
"""

from __future__ import annotations

import os
from functools import cache

import dash_bootstrap_components as dbc
import numpy as np
import pandas as pd
import plotly.express as px
from dash import Dash, Input, Output, State, dcc, html
from mlxtend.frequent_patterns import association_rules, fpgrowth
from sklearn.cluster import KMeans
from sklearn.preprocessing import StandardScaler

AXES = ["Recency", "Frequency", "Monetary"]

lines = pd.read_csv(
    os.environ["BENCH_DATA"], encoding="ISO-8859-1", dtype={"InvoiceNo": str, "StockCode": str}
)
lines = lines.dropna(subset=["CustomerID"]).drop_duplicates()
lines = lines[(lines["Quantity"] > 0) & ~lines["InvoiceNo"].str.startswith("C")]
lines["CustomerID"] = lines["CustomerID"].astype(int)
lines["InvoiceDate"] = pd.to_datetime(lines["InvoiceDate"])
lines["Amount"] = lines["Quantity"] * lines["UnitPrice"]

as_of = lines["InvoiceDate"].max() + pd.Timedelta(days=1)
rfm = (
    lines.groupby("CustomerID")
    .agg(
        Recency=("InvoiceDate", lambda moments: (as_of - moments.max()).days),
        Frequency=("InvoiceNo", "nunique"),
        Monetary=("Amount", "sum"),
        Country=("Country", "last"),
    )
    .reset_index()
)
rfm["R"] = pd.qcut(rfm["Recency"].rank(method="first"), 5, labels=[5, 4, 3, 2, 1]).astype(int)
rfm["F"] = pd.qcut(rfm["Frequency"].rank(method="first"), 5, labels=[1, 2, 3, 4, 5]).astype(int)
rfm["M"] = pd.qcut(rfm["Monetary"].rank(method="first"), 5, labels=[1, 2, 3, 4, 5]).astype(int)
rfm["Segment"] = np.select(
    [
        (rfm["R"] >= 4) & (rfm["F"] >= 4),
        (rfm["R"] >= 3) & (rfm["F"] >= 3),
        rfm["R"] >= 4,
        (rfm["R"] <= 2) & (rfm["F"] >= 4),
        rfm["R"] <= 2,
    ],
    ["Champions", "Loyal", "New", "At risk", "Lost"],
    "Others",
)
scaler = StandardScaler()
model = KMeans(4, n_init=10, random_state=42).fit(scaler.fit_transform(np.log1p(rfm[AXES].to_numpy())))
rfm["Cluster"] = model.labels_.astype(str)

# a tab's components come with its callback, so the guide has Dash not look for them; the product never does
app = Dash(__name__, suppress_callback_exceptions=True)
server = app.server
app.layout = html.Div(
    [
        html.H1("Customer segments"),
        dcc.Tabs(
            id="tabs",
            value="data",
            children=[
                dcc.Tab(label=name, value=name.lower())
                for name in ("Segments", "Customers", "Predict", "Baskets", "Data")
            ],
        ),
        html.Div(id="content"),
    ]
)


@app.callback(Output("content", "children"), Input("tabs", "value"))
def show_tab(tab: str):
    return {
        "segments": segments_tab,
        "customers": customer_tab,
        "predict": predict_tab,
        "baskets": baskets_tab,
        "data": data_tab,
    }[tab]()


def segments_tab():
    countries = sorted(rfm["Country"].unique())
    return [
        dcc.Dropdown(["All", *countries], "All", id="country"),
        dcc.Graph(id="segments"),
        dcc.Graph(id="customers"),
        html.Div(id="table"),
    ]


@app.callback(
    Output("segments", "figure"),
    Output("customers", "figure"),
    Output("table", "children"),
    Input("country", "value"),
)
def show_segments(country: str):
    shown = rfm if country == "All" else rfm[rfm["Country"] == country]
    summary = shown.groupby("Segment").agg(
        Customers=("CustomerID", "count"), Revenue=("Monetary", "sum"), Recency=("Recency", "mean")
    )
    bars = px.bar(summary.reset_index(), x="Segment", y="Customers", color="Segment", title="Segments")
    points = px.scatter(
        shown,
        x="Recency",
        y="Monetary",
        color="Segment",
        size="Frequency",
        hover_data=["CustomerID"],
        log_y=True,
    )
    return bars, points, dbc.Table.from_dataframe(shown.head(50))


def customer_tab():
    return [
        dcc.Input(id="customer", type="number"),
        html.Button("Find", id="find"),
        html.Div(id="found"),
    ]


@app.callback(
    Output("found", "children"),
    Input("find", "n_clicks"),
    State("customer", "value"),
    prevent_initial_call=True,
)
def find_customer(_clicks: int, customer: int):
    own = lines[lines["CustomerID"] == customer]
    if own.empty:
        return "No such customer"
    row = rfm[rfm["CustomerID"] == customer].iloc[0]
    months = own.groupby(own["InvoiceDate"].dt.strftime("%Y-%m"))["Amount"].sum().reset_index()
    products = own.groupby("Description")["Quantity"].sum().nlargest(12).reset_index()
    orders = own.groupby("InvoiceNo").agg(Date=("InvoiceDate", "first"), Amount=("Amount", "sum"))
    return [
        html.H3(f"Customer {customer}: {row['Segment']}, cluster {row['Cluster']}"),
        html.Ul([html.Li(f"{axis}: {row[axis]:,.2f}") for axis in AXES]),
        dcc.Graph(figure=px.bar(months, x="InvoiceDate", y="Amount", title="Spend per month")),
        dcc.Graph(figure=px.bar(products, x="Quantity", y="Description", orientation="h", title="Products")),
        dbc.Table.from_dataframe(orders.reset_index()),
    ]


def predict_tab():
    return [
        *(dcc.Input(id=axis.lower(), type="number", placeholder=axis) for axis in AXES),
        html.Button("Predict", id="predict"),
        html.Div(id="predicted"),
    ]


@app.callback(
    Output("predicted", "children"),
    Input("predict", "n_clicks"),
    *(State(axis.lower(), "value") for axis in AXES),
    prevent_initial_call=True,
)
def predict(_clicks: int, *values: float):
    table = pd.concat([rfm[AXES], pd.DataFrame([values], columns=AXES)], ignore_index=True)
    scaled = StandardScaler().fit_transform(np.log1p(table.to_numpy()))
    table["Cluster"] = model.predict(scaled).astype(str)
    figure = px.scatter_3d(table, x="Recency", y="Frequency", z="Monetary", color="Cluster")
    return [html.H3(f"Cluster {table['Cluster'].iloc[-1]}"), dcc.Graph(figure=figure)]


def baskets_tab():
    return [
        dcc.Input(id="confidence", type="number", value=0.2, min=0, max=1, step=0.05),
        dcc.Graph(id="rules"),
        html.Div(id="ruletable"),
    ]


@cache
def mined() -> pd.DataFrame:
    basket = pd.crosstab(lines["InvoiceNo"], lines["Description"]) > 0
    rules = association_rules(fpgrowth(basket, min_support=0.02, use_colnames=True), min_threshold=0.2)
    for side in ("antecedents", "consequents"):
        rules[side] = rules[side].map(lambda items: ", ".join(sorted(items)))
    return rules.sort_values("lift", ascending=False)


@app.callback(Output("rules", "figure"), Output("ruletable", "children"), Input("confidence", "value"))
def show_rules(confidence: float):
    shown = mined()[mined()["confidence"] >= confidence]
    figure = px.scatter(shown, x="support", y="confidence", color="lift", hover_name="antecedents")
    columns = ["antecedents", "consequents", "support", "confidence", "lift"]
    return figure, dbc.Table.from_dataframe(shown[columns].head(50))


def data_tab():
    months = lines.groupby(lines["InvoiceDate"].dt.strftime("%Y-%m"))["Amount"].sum().reset_index()
    products = lines.groupby("Description")["Amount"].sum().nlargest(15).reset_index()
    return [
        dcc.Graph(figure=px.line(months, x="InvoiceDate", y="Amount", title="Revenue per month")),
        dcc.Graph(figure=px.bar(products, x="Amount", y="Description", orientation="h", title="Products")),
    ]
