//! The conformance suite of the connector contract: what the documentation of the capability traits says, bullet by bullet.
//!
//! A scenario sees `connector::Capabilities` and a [`stage::Stage`], never a marketplace by name, so that another
//! marketplace is put to the same test by a stage of its own. Here it runs against the embedded marketplace with no
//! environment, in process and over a socket. A missing capability fails its scenarios: nothing passes by not being there.

mod aftersale;
mod buying;
mod catalog;
mod ended;
mod failing;
mod health;
mod market;
mod payment;
mod push;
mod recent;
mod sandbox;
mod stage;
mod travelling;

pub use market::Market;

/// Makes a test of every scenario on each transport, and one that shows that it fails where nothing is configured.
macro_rules! conformance {
    ($($module:ident: $($scenario:ident)*;)*) => {
        mod in_process {$(mod $module {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $scenario() {
                crate::conformance::$module::$scenario(crate::conformance::sandbox::in_process().await).await;
            }
        )*})*}

        mod over_a_socket {$(mod $module {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $scenario() {
                crate::conformance::$module::$scenario(crate::conformance::sandbox::over_a_socket().await).await;
            }
        )*})*}

        mod nothing_configured {$(mod $module {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            #[should_panic(expected = "the marketplace does not offer")]
            async fn $scenario() {
                crate::conformance::$module::$scenario(crate::conformance::sandbox::without_capabilities().await).await;
            }
        )*})*}
    };
}

conformance! {
    catalog:
        a_page_has_what_was_searched
        pages_follow_each_other_and_end_empty
        prices_bound_and_sort_a_page
        no_hit_is_an_empty_page
        a_product_is_told_in_the_language_that_was_asked
        a_product_that_is_not_there_is_not_found
        an_offering_is_told_as_it_would_be_bought
        a_store_holds_its_own_goods
        a_picture_finds_what_looks_like_it
        goods_are_chosen_without_a_search
        a_pool_is_pulled_page_by_page
        categories_form_a_tree
        freight_is_told_before_an_order
        a_seller_can_be_talked_to;
    buying:
        a_preview_prices_and_leaves_nothing_behind
        a_preview_refuses_what_cannot_be_bought
        an_offer_has_one_seller_and_an_unknown_one_has_none
        an_order_is_what_was_asked_at_the_price_of_its_preview
        the_same_own_number_gives_the_same_order
        a_refused_create_makes_nothing
        stock_may_go_between_preview_and_create
        a_trade_type_is_one_of_the_preview_s
        an_own_number_that_nobody_used_finds_nothing
        an_order_of_nobody_or_of_somebody_else_is_not_found;
    ended:
        an_unpaid_order_is_closed_after_ten_seconds
        a_paid_or_closed_order_is_not_closed
        nobody_closes_what_is_not_his;
    travelling:
        receipt_of_what_travels_ends_the_trade
        receipt_may_be_confirmed_in_part
        receipt_of_what_does_not_travel_is_refused_in_their_words
        shipments_are_traced_once_they_exist;
    payment:
        a_debit_pays
        a_debit_without_money_or_agreement_says_no
        a_debit_of_what_does_not_wait_for_payment_is_refused
        a_cashier_page_leaves_out_what_cannot_be_paid;
    aftersale:
        reasons_fit_the_goods
        reasons_that_do_not_fit_are_refused
        a_voucher_gets_an_address_that_an_application_may_name
        what_is_no_voucher_is_refused
        an_application_opens_a_refund_that_reads_back
        applications_against_the_rules_are_refused
        a_second_application_for_the_same_goods_is_refused
        a_refund_of_nobody_or_of_somebody_else_is_not_found
        all_refunds_of_an_order_are_listed
        goods_go_back_when_the_seller_waits_for_them
        a_parcel_that_nobody_waits_for_is_refused
        a_parcel_by_nobody_is_refused
        an_open_refund_is_withdrawn_and_a_final_one_is_not
        a_refund_that_nobody_answers_ends_by_itself
        a_refusal_carries_its_reason
        carriers_are_told_apart_by_their_codes;
    push:
        a_life_is_pushed_with_its_subjects
        a_push_that_was_touched_is_not_believed
        what_is_no_push_is_refused
        a_repeat_has_the_same_number
        a_topic_of_no_object_has_no_subject
        what_was_never_acknowledged_is_read_back_until_it_is_confirmed;
    recent:
        a_list_has_what_was_modified_in_its_span_and_when
        a_refund_is_listed_with_its_order
        a_long_list_has_each_order_once
        nobody_is_told_of_what_others_bought;
    health:
        a_check_tells_their_time;
    failing:
        an_account_that_was_never_authorised_is_unauthorised
        tokens_that_end_are_renewed_without_notice
        a_line_that_is_cut_had_no_effect
        a_lost_answer_to_a_create_is_found_by_the_own_number
        a_lost_answer_to_an_application_is_found_at_the_order;
}
