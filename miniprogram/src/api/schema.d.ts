// Generated from openapi.json by `npm run generate`; do not edit.

export interface paths {
    "/api/v1/announcements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was announced in the caller's places, newest first. */
        get: operations["list_announcements"];
        put?: never;
        /** Tell everybody who lives in a place. */
        post: operations["announce"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/announcements/{announcement_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                announcement_id: number;
            };
            cookie?: never;
        };
        /** Show an announcement. */
        get: operations["show_announcement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appeals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the appeals that wait for one's answer. */
        get: operations["list_appeals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appeals/{appeal_id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appeal_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Grant or refuse an appeal. */
        post: operations["answer_appeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attempts/{attempt_id}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attempt_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer a question of one's attempt, once. */
        post: operations["answer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attempts/{attempt_id}/finish": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attempt_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Finish one's attempt and show the result; again shows the same. */
        post: operations["finish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attempts/{attempt_id}/pledge": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attempt_id: number;
            };
            cookie?: never;
        };
        get?: never;
        /** Say what of the result's advice one will do at home. */
        put: operations["pledge"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attendances/{attendance_id}/appeals": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attendance_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Object to one's own no-show, or to the minutes. */
        post: operations["appeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calendar/{token}.ics": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        /** Read a calendar by its private address. */
        get: operations["read_calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaign-certificates/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        /** Say whether a certificate of passing is good: JSON, or a page for a browser. */
        get: operations["verify_pass_certificate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaign-certificates/{number}.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        /** Print a certificate of passing, by its signed link. */
        get: operations["show_pass_paper"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaign-certificates/{number}/revocation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a certificate of passing back, with a reason for its owner. */
        post: operations["revoke_pass_certificate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the campaigns that are for oneself, or those of one's places. */
        get: operations["list_campaigns"];
        put?: never;
        /** Plan a campaign, a draft. */
        post: operations["plan_campaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{campaign_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        /** Show a campaign, and how one stands in it. */
        get: operations["show_campaign"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a draft. */
        patch: operations["change_campaign"];
        trace?: never;
    };
    "/api/v1/campaigns/{campaign_id}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        /** List one's own tries. */
        get: operations["list_tries"];
        put?: never;
        /** Begin a try, or go on with the one that is open. */
        post: operations["begin_try"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{campaign_id}/breadth": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        /** Show who takes part in a campaign, and what they knew before it and since. */
        get: operations["show_breadth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{campaign_id}/certificate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        /** Show one's own certificate of having passed. */
        get: operations["show_pass_certificate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{campaign_id}/certificates": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        /** List the certificates that a campaign gave. */
        get: operations["list_pass_certificates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{campaign_id}/keys/{variant}.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
                variant: "A" | "B";
            };
            cookie?: never;
        };
        /** Print the key of a variant, by its signed link. */
        get: operations["print_key"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{campaign_id}/moves": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Announce a campaign, drop it, or call it off. */
        post: operations["move_campaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{campaign_id}/paper-results": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        /** List what was typed in for a campaign, newest first, with what was corrected. */
        get: operations["list_paper_results"];
        put?: never;
        /** Type in what is on a sheet, once by its `client_uuid`. */
        post: operations["enter_paper_result"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{campaign_id}/papers": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        /** Show the two variants of a campaign's paper, with links to print them and their keys. */
        get: operations["show_papers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{campaign_id}/papers/{variant}.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
                variant: "A" | "B";
            };
            cookie?: never;
        };
        /** Print a variant, by its signed link. */
        get: operations["print_paper"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what one's communities certified: in public notice, to look at again, revoked. */
        get: operations["list_issued_certificates"];
        put?: never;
        /** Certify one's own hours. */
        post: operations["issue_certificate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/certificates/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        /** Say whether a certificate is good: JSON, or a page for a browser. */
        get: operations["verify_certificate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/certificates/{number}.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        /** Print a certificate, by its signed link. */
        get: operations["show_paper"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/certificates/{number}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a certificate stand although its hours were corrected. */
        post: operations["confirm_certificate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/certificates/{number}/revocation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a certificate back, with a reason for its owner. */
        post: operations["revoke_certificate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/challenges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the challenges of one's communities, newest first. */
        get: operations["list_challenges"];
        put?: never;
        /** Plan a challenge between the grids of one's community. */
        post: operations["begin_challenge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/challenges/{challenge_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                challenge_id: number;
            };
            cookie?: never;
        };
        /** Show a challenge and how the grids stand. */
        get: operations["show_challenge"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/committees/{place_code}/children": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        /** List the places of the next level side by side. */
        get: operations["list_committee_children"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/committees/{place_code}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        /** List what supervisors said about the place's figures, newest first. */
        get: operations["list_committee_comments"];
        put?: never;
        /** Say something to the figures of a range of days. */
        post: operations["comment_on_committee"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/committees/{place_code}/figures/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                place_code: string;
            };
            cookie?: never;
        };
        /** Open a figure: its formula, numerator, denominator, exclusions, and its rows. */
        get: operations["open_figure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/committees/{place_code}/indicators": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        /** Show the rates of the reference and the two indices. */
        get: operations["show_indicators"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/committees/{place_code}/overview": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        /** Show what was reported, what is open, what was closed and how. */
        get: operations["show_overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/committees/{place_code}/participation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        /** Show who took part, who is missing, and how it is before and elsewhere. */
        get: operations["show_participation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/committees/{place_code}/patrolling": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        /** Show which grids were walked and when, who came, and which shifts lack people. */
        get: operations["show_patrolling"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/committees/{place_code}/rectifications": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        /** List what the place and all within it have to put right, newest first. */
        get: operations["list_rectifications"];
        put?: never;
        /** Ask a place to put something right by a day. */
        post: operations["raise_rectification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/committees/{place_code}/report.html": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        /** Show a report as a page that holds all it needs; days that are not over as a preview. */
        get: operations["show_report_page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/committees/{place_code}/report.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        /** Print a report: the first page sums it up. */
        get: operations["show_report_paper"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/committees/{place_code}/report.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        /** Give a report as a workbook: a sheet for each part, numbers as numbers. */
        get: operations["show_report_sheet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/committees/{place_code}/reports": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        /** List the reports of a place, each edition, the newest first. */
        get: operations["list_reports"];
        put?: never;
        /** Ask for a report, or for a corrected edition; it is `making` for some seconds. */
        post: operations["ask_for_report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/committees/{place_code}/reports/{report_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                place_code: string;
                report_id: number;
            };
            cookie?: never;
        };
        /** Show how a report stands, and how far its making has come. */
        get: operations["show_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/committees/{place_code}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        /** Show what the place's committee chose. */
        get: operations["show_committee_settings"];
        /** Choose whether the place may be ranked and named beside others. */
        put: operations["change_committee_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/committees/{place_code}/targets": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        /** Show what the place's figures are to come to. */
        get: operations["show_targets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/committees/{place_code}/targets/{figure}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                figure: string;
                place_code: string;
            };
            cookie?: never;
        };
        get?: never;
        /** Set what a figure is to come to, or take it back. */
        put: operations["set_target"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say what a client must know before anybody signs in. */
        get: operations["show_config"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/copies/{copy_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                copy_id: number;
            };
            cookie?: never;
        };
        /** Fetch a copy by its signed link. */
        get: operations["fetch_copy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/desk-sign-ins/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        /** Show which computer asks to be let in, and since when. */
        get: operations["show_desk"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/desk-sign-ins/{code}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a computer act in one's own name for a working day, or refuse it. */
        post: operations["decide_desk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hazard-categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the kinds of hazards with their limits. */
        get: operations["list_categories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hazards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List hazards, newest or nearest first. */
        get: operations["list_hazards"];
        put?: never;
        /** Report a hazard. */
        post: operations["report_hazard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hazards/{hazard_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hazard_id: number;
            };
            cookie?: never;
        };
        /** Show a case with its history and the moves open to the caller. */
        get: operations["show_hazard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hazards/{hazard_id}/assignees": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hazard_id: number;
            };
            cookie?: never;
        };
        /** List whom a hazard can be assigned to. */
        get: operations["list_assignees"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hazards/{hazard_id}/moves": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hazard_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move a hazard to its next state. */
        post: operations["move_hazard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hazards/{hazard_id}/orders/{order_id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hazard_id: number;
                order_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer a supervision order in writing. */
        post: operations["answer_order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hazards/{hazard_id}/verdicts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hazard_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show a photo or a text to neighbours, or do not. */
        post: operations["decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/honour": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show who served most: teams, and those who asked to be named. */
        get: operations["honour_board"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the hours that the caller may correct, newest first. */
        get: operations["hours_at"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hours/{entry_id}/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entry_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Correct somebody's hours: what stands is reversed, the right minutes are credited. */
        post: operations["correct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show what we hold about the caller. */
        get: operations["show_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change name, language, letter size; agree to the privacy notice. */
        patch: operations["change_me"];
        trace?: never;
    };
    "/api/v1/me/attendances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the rounds that one was on, or missed. */
        get: operations["list_mine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show since when the caller has a calendar. */
        get: operations["show_calendar"];
        put?: never;
        /**
         * Make the caller's calendar, or give it a new address; the former one ends.
         * @description There is never more than one, so that no key is needed; and a key would have the address
         *     kept with its answer, which is to be known to nobody but the caller.
         */
        post: operations["make_calendar"];
        /** Take the caller's calendar away. */
        delete: operations["revoke_calendar"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List one's own certificates. */
        get: operations["list_own_certificates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/copy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show how far the copy of one's data is, and where it can be fetched. */
        get: operations["show_copy"];
        put?: never;
        /** Ask for a copy of everything that is kept about oneself. */
        post: operations["ask_for_copy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/desks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the computers that act in one's name now. */
        get: operations["list_desks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/desks/{desk_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                desk_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End what a computer may do in one's name. */
        delete: operations["end_desk"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the caller's hours, newest first. */
        get: operations["my_hours"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/knowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show what one knows, by topic. */
        get: operations["show_knowledge"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/leaving": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for one's account to be deleted in seven days; signs out everywhere. */
        post: operations["ask_to_leave"];
        /** Keep one's account after all. */
        delete: operations["take_back_leaving"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the seats that are held for the caller. */
        get: operations["list_offers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/phone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Take the phone number that WeChat vouches for. */
        put: operations["set_phone"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the caller's points and their ledger, newest first. */
        get: operations["my_points"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show which messages may come, and how many. */
        get: operations["show_preferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Switch kinds of messages on or off; the inbox has them all the same. */
        patch: operations["change_preferences"];
        trace?: never;
    };
    "/api/v1/me/redemptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what the caller redeemed, newest first. */
        get: operations["my_redemptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/residence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say where one lives. */
        post: operations["request_residence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/streak": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show on how many days in a row one took the five; begins nothing. */
        get: operations["show_streak"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/swaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the swaps that the caller asked for, or was asked for. */
        get: operations["list_swaps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/volunteer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show what we hold about the caller as a volunteer. */
        get: operations["show_profile"];
        /** Become a volunteer, or say anew what one is. */
        put: operations["save_profile"];
        post?: never;
        /** Stop being a volunteer; what was served stays. */
        delete: operations["stop_serving"];
        options?: never;
        head?: never;
        /** Pause or go on, give or take back a consent. */
        patch: operations["change_profile"];
        trace?: never;
    };
    "/api/v1/me/volunteer/insurances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add an insurance one has. */
        post: operations["add_insurance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/volunteer/insurances/{insurance_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                insurance_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete an insurance. */
        delete: operations["remove_insurance"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/volunteer/trainings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a training one took. */
        post: operations["add_training"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/volunteer/trainings/{training_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a training. */
        delete: operations["remove_training"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the caller's inbox, newest first. */
        get: operations["list_notices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/{notice_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                notice_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark a notice as read. */
        post: operations["mark_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/read-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark all notices as read, or all about one thing. */
        post: operations["mark_all_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/offers/{offer_id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                offer_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the seat that is held. */
        post: operations["accept_offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/offers/{offer_id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                offer_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let the seat go to the next. */
        post: operations["decline_offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/open-data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the tables, with their data dictionary, licence and quarters. */
        get: operations["list_open_data"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/open-data/{dataset}.csv": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dataset: string;
            };
            cookie?: never;
        };
        /** Read a released table as CSV. */
        get: operations["read_open_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/open-data/{dataset}.geojson": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dataset: string;
            };
            cookie?: never;
        };
        /** Read a released table as GeoJSON. */
        get: operations["read_open_geojson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/paper-results/{paper_id}/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                paper_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace what was typed in wrongly, or withdraw it; both stay as history. */
        post: operations["correct_paper_result"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrol-routes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the routes of the caller's places. */
        get: operations["list_patrol_routes"];
        put?: never;
        /** Make a route with its checkpoints. */
        post: operations["create_patrol_route"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrol-routes/{route_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                route_id: number;
            };
            cookie?: never;
        };
        /** Show a route with its checkpoints. */
        get: operations["show_patrol_route"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a route; checkpoints that are not given any more are retired. */
        patch: operations["change_patrol_route"];
        trace?: never;
    };
    "/api/v1/patrol-routes/{route_id}/codes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                route_id: number;
            };
            cookie?: never;
        };
        /** Show the codes to print and hang up at a route's checkpoints. */
        get: operations["list_checkpoint_codes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/photos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a photo in; nothing of it but its pixels is kept. */
        post: operations["add_photo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/photos/{photo_id}/{variant}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                photo_id: string;
                variant: string;
            };
            cookie?: never;
        };
        /** Show a photo by its signed link. */
        get: operations["show_photo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List places by code. */
        get: operations["list_places"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        /** Show a place and the way to it. */
        get: operations["show_place"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/{place_code}/knowledge": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        /** Show what the people of a place know by topic, in each month that is over. */
        get: operations["show_place_knowledge"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/{place_code}/what-became-of-it": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        /** Tell residents what became of what they reported, without names. */
        get: operations["show_what_became"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/locate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find the grid that a point lies in. */
        get: operations["locate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/practice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fetch questions to practise, also for later without a network. */
        get: operations["fetch_practice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/practice/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Grade a list of answers, each once by its `client_uuid`. */
        post: operations["grade_practice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/question-exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Give out the published questions of one's own places as a file. */
        get: operations["export_questions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/question-imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List imports, newest first, also those that are under way. */
        get: operations["list_imports"];
        put?: never;
        /** Take the questions of a file in as drafts, once, and report by line what was refused. */
        post: operations["import_questions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/question-imports/{import_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: number;
            };
            cookie?: never;
        };
        /** Show how far an import is, and its report. */
        get: operations["show_import"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List versions of the bank, newest first. */
        get: operations["list_questions"];
        put?: never;
        /** Write a question, as a draft. */
        post: operations["write_question"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/questions/{question_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                question_id: number;
            };
            cookie?: never;
        };
        /** Show a question with its versions and the moves open to the caller. */
        get: operations["show_question"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/questions/{question_id}/moves": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                question_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move a version: to review, back, published by somebody else, retired. */
        post: operations["move_version"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/questions/{question_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                question_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write a question anew; what is published stays until this is. */
        post: operations["rewrite_question"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/quizzes/daily": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show today's five; the first time, the two minutes begin. */
        get: operations["take_daily"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rectifications/{rectification_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rectification_id: number;
            };
            cookie?: never;
        };
        /** Show one of them with its history and the moves that the caller may make. */
        get: operations["show_rectification"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rectifications/{rectification_id}/moves": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rectification_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer, accept, send back or withdraw. */
        post: operations["move_rectification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/redemptions/{redemption_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                redemption_id: number;
            };
            cookie?: never;
        };
        /** Show one of the caller's redemptions with its code. */
        get: operations["show_redemption"];
        put?: never;
        post?: never;
        /** Give up a reserved reward; the points come back. */
        delete: operations["cancel_redemption"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/redemptions/collect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand a reward out to whoever shows its code. */
        post: operations["collect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{report_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: number;
            };
            cookie?: never;
        };
        /** Show the same of a report that one was told of, by its number alone. */
        get: operations["find_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/residences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the homes that the caller confirms. */
        get: operations["list_residences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/residences/{residence_id}/moves": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                residence_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm, refuse or withdraw a home. */
        post: operations["move_residence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rewards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what is offered at a place, or at the caller's places. */
        get: operations["list_rewards"];
        put?: never;
        /** Offer something for points. */
        post: operations["offer_reward"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rewards/{reward_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reward_id: number;
            };
            cookie?: never;
        };
        /** Show what is offered. */
        get: operations["show_reward"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change what is offered, or how many there are. */
        patch: operations["change_reward"];
        trace?: never;
    };
    "/api/v1/rewards/{reward_id}/redemptions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reward_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reserve one and pay for it with points. */
        post: operations["redeem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rosters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the rosters of the caller's places, newest first. */
        get: operations["list_rosters"];
        put?: never;
        /** Ask for the roster of a week; it is `computing` for some seconds. */
        post: operations["ask_for_roster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rosters/{roster_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                roster_id: number;
            };
            cookie?: never;
        };
        /** Show a roster with its shifts and who is proposed for each. */
        get: operations["show_roster"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Take people off shifts of a proposal and put others on; all of it, or nothing. */
        patch: operations["change_roster"];
        trace?: never;
    };
    "/api/v1/rosters/{roster_id}/moves": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                roster_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept a roster, so that its people are signed up and told, or drop it. */
        post: operations["move_roster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with a WeChat code. */
        post: operations["sign_in"];
        /** Sign out on this phone. */
        delete: operations["sign_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange a refresh token for new tokens, once. */
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shift-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the templates that the caller plans by, newest first. */
        get: operations["list_shift_templates"];
        put?: never;
        /** Make a template, and its shifts of the next four weeks. */
        post: operations["create_shift_template"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shift-templates/{template_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                template_id: number;
            };
            cookie?: never;
        };
        /** Show a template. */
        get: operations["show_shift_template"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change or stop a template, and with it the shifts ahead that nobody has joined. */
        patch: operations["change_shift_template"];
        trace?: never;
    };
    "/api/v1/shifts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List shifts by their start, from now on unless `from` says otherwise. */
        get: operations["list_shifts"];
        put?: never;
        /** Plan a shift: staff of the place, or a leader of the team. */
        post: operations["create_shift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{shift_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        /** Show a shift with the moves open to the caller. */
        get: operations["show_shift"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a shift; whoever it concerns is told. */
        patch: operations["change_shift"];
        trace?: never;
    };
    "/api/v1/shifts/{shift_id}/attestations": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that somebody else was there, or was not. */
        post: operations["attest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{shift_id}/call-outs": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask people to come to a shift, each once and nobody too often, saying why. */
        post: operations["call_people_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{shift_id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a shift; everybody on it is told why. */
        post: operations["cancel_shift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{shift_id}/check-ins": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check in on a round; the same client_uuid is answered the same and counts once. */
        post: operations["check_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{shift_id}/check-ins/batch": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring check-ins that were made while offline; each is answered for itself. */
        post: operations["check_in_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{shift_id}/code": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        /** Show the leader the code of now, and those of the whole shift. */
        get: operations["show_code"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{shift_id}/colleagues": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        /** List those with whom the caller may swap their seat. */
        get: operations["list_colleagues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{shift_id}/flags/{flag_id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flag_id: number;
                shift_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say as who leads whether what is doubted counts. */
        post: operations["answer_flag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{shift_id}/positions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say where one is on a round, if one agreed to that. */
        post: operations["add_points"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{shift_id}/round": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        /** Show one's own round, or all of it to who leads. */
        get: operations["show_round"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{shift_id}/settlement": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a round as who leads it, and settle whom there is no doubt about. */
        post: operations["close_round"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{shift_id}/signups": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Join a shift, or its waiting list where no seat is free. */
        post: operations["sign_up_for_shift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{shift_id}/signups/{resident_id}/removal": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                resident_id: number;
                shift_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take somebody off a shift, saying why. */
        post: operations["remove_from_shift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{shift_id}/signups/mine": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Leave a shift; after the cut-off, look for a stand-in and keep the seat until then. */
        delete: operations["leave_shift"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{shift_id}/sos": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Call for help; again while the call is open is the same call. */
        post: operations["call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{shift_id}/stand-ins": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the seat of somebody who looks for a stand-in. */
        post: operations["stand_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{shift_id}/suitable": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        /** List who would suit a shift, best first, and why. */
        get: operations["list_suitable_people"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/{shift_id}/swaps": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask a colleague to take one's seat, in exchange for theirs if one is named. */
        post: operations["ask_to_swap"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/duplicate-week": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Copy the shifts of a week to another; what is there already is skipped. */
        post: operations["duplicate_week"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts/needing-people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the shifts ahead with too few people, the soonest first. */
        get: operations["list_shifts_needing_people"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sos/{sos_id}/moves": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sos_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Acknowledge or close a call for help. */
        post: operations["move_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say what was answered to WeChat's dialogue; each `accept` allows one message more. */
        put: operations["answer_subscriptions"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/swaps/{swap_id}/moves": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                swap_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Agree to a swap or decline it, or withdraw one's own. */
        post: operations["move_swap"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what the caller's places owe, most urgent first. */
        get: operations["list_tasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List teams: of a place, one's own, or of the places one belongs to. */
        get: operations["list_teams"];
        put?: never;
        /** Make a team. */
        post: operations["create_team"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{team_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: number;
            };
            cookie?: never;
        };
        /** Show a team, and its people to who is in it. */
        get: operations["show_team"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Rename a team; close it or open it again. */
        patch: operations["change_team"];
        trace?: never;
    };
    "/api/v1/teams/{team_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask to join a team, or invite somebody to it. */
        post: operations["join_team"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{team_id}/members/{resident_id}/moves": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                resident_id: number;
                team_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept, refuse, remove, make leader; agree, decline, leave, step down. */
        post: operations["move_member"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{team_id}/members/mine": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Leave a team, or take back that one asked. */
        delete: operations["leave_team"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/volunteers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List who serves in one's places. */
        get: operations["list_volunteers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AboutForm: {
            id: number;
            /** @enum {string} */
            kind: "team" | "certificate" | "hazard" | "announcement" | "shift" | "round" | "round_lead" | "sos" | "hours" | "campaign" | "challenge" | "quiz" | "redemption" | "rectification" | "report";
        };
        AboutView: {
            id: number;
            kind: string;
        };
        AnnouncementForm: {
            body: string;
            /** @default false */
            emergency?: boolean;
            place_code: string;
            title: string;
        };
        AnnouncementPage: {
            items: components["schemas"]["AnnouncementView"][];
            next_cursor: string | null;
        };
        AnnouncementView: {
            author: string;
            body: string;
            /** Format: date-time */
            created_at: string;
            emergency: boolean;
            /** Format: date-time */
            finished_at: string | null;
            id: number;
            place_code: string;
            place_name: string;
            title: string;
            told: number;
        };
        AppealAnswerForm: {
            granted: boolean;
            minutes?: number | null;
            note: string;
        };
        AppealForm: {
            note: string;
        };
        AppealPage: {
            items: components["schemas"]["AppealView"][];
            next_cursor: string | null;
        };
        AppealShiftView: {
            /** Format: date-time */
            ends_at: string;
            id: number;
            place_name: string;
            /** Format: date-time */
            starts_at: string;
            title: string;
        };
        AppealView: {
            answer: string | null;
            /** Format: date-time */
            answered_at: string | null;
            /** Format: date-time */
            at: string;
            attendance_id: number;
            /** @enum {string} */
            attendance_state: "expected" | "on_round" | "ended" | "no_show";
            attended: number;
            evidence: number;
            id: number;
            minutes: number | null;
            note: string;
            resident: components["schemas"]["PersonView"];
            shift: components["schemas"]["AppealShiftView"];
            /** @enum {string} */
            state: "asked" | "granted" | "refused";
        };
        AskedQuestionView: {
            answer: components["schemas"]["GivenAnswerView"] | null;
            id: number;
            /** @enum {string} */
            kind: "true_false" | "single" | "multiple" | "ordering" | "picture";
            media: components["schemas"]["QuizMediaView"] | null;
            options: components["schemas"]["QuizOptionView"][];
            stem: string;
            /** @enum {string} */
            topic: "fire" | "ebike" | "gas" | "elevator" | "falling" | "flood" | "earthquake" | "fraud" | "first_aid" | "children_elders" | "community" | "emergency";
            topic_name: string;
        };
        AssignedView: {
            by_hand: boolean;
            name: string;
            refused: string | null;
            resident_id: number;
        };
        AssigneeList: {
            items: components["schemas"]["AssigneeView"][];
        };
        AssigneeView: {
            id: number;
            name: string;
            open_tasks: number;
            place_name: string;
        };
        AttemptView: {
            attempt_id: number;
            /** Format: date */
            day: string | null;
            /** Format: date-time */
            deadline: string;
            /** Format: date-time */
            now: string;
            /** @enum {string} */
            occasion: "daily" | "campaign";
            questions: components["schemas"]["AskedQuestionView"][];
            result: components["schemas"]["DailyResultView"] | null;
            /** Format: date-time */
            started_at: string;
            /** @enum {string} */
            state: "open" | "overdue" | "finished";
        };
        AttendanceView: {
            attested: boolean;
            /** Format: date-time */
            ended_at: string | null;
            evidence: number;
            flags: number;
            id: number;
            minutes: number;
            /** Format: date-time */
            settled_at: string | null;
            shift_id: number;
            /** Format: date-time */
            started_at: string | null;
            /** @enum {string} */
            state: "expected" | "on_round" | "ended" | "no_show";
        };
        AttestationForm: {
            note?: string | null;
            present: boolean;
            resident_id: number;
        };
        BandView: {
            band: string;
            silent: components["schemas"]["PlainFigureView"];
        };
        BatchAnswerView: {
            check_in: components["schemas"]["CheckInView"] | null;
            client_uuid: string;
            code: string | null;
            status: number;
        };
        BatchView: {
            items: components["schemas"]["BatchAnswerView"][];
        };
        BecameView: {
            before: components["schemas"]["ToldFiguresView"];
            by_category: components["schemas"]["ToldCategoryView"][];
            correction: string | null;
            edition: number;
            figures: components["schemas"]["ToldFiguresView"];
            lumped: boolean;
            /** Format: date-time */
            made_at: string;
            month: string;
            months: string[];
            place: components["schemas"]["ToldPlaceView"];
            walked: components["schemas"]["ToldWalksView"];
        };
        BothForm: {
            en?: string;
            zh: string;
        };
        BothLanguagesView: {
            en: string | null;
            zh: string;
        };
        BothView: {
            en?: string;
            zh: string;
        };
        BreadthPlaceView: {
            name: string | null;
            of: number | null;
            people: number | null;
            place_code: string | null;
            share: number | null;
        };
        BreadthShareView: {
            of: number | null;
            people: number | null;
            share: number | null;
        };
        BreadthTopicView: {
            after: components["schemas"]["KnownShareView"] | null;
            before: components["schemas"]["KnownShareView"] | null;
            name: string;
            people: number | null;
            share: number | null;
            /** @enum {string} */
            topic: "fire" | "ebike" | "gas" | "elevator" | "falling" | "flood" | "earthquake" | "fraud" | "first_aid" | "children_elders" | "community" | "emergency";
        };
        BreadthView: {
            campaign_id: number;
            fewest: number;
            final: boolean;
            /** Format: date */
            final_on: string;
            /** Format: date */
            from: string;
            on_paper: number | null;
            places: components["schemas"]["BreadthPlaceView"][];
            title: string;
            /** Format: date */
            to: string;
            topics: components["schemas"]["BreadthTopicView"][];
            total: components["schemas"]["BreadthShareView"];
            without_account: components["schemas"]["KnownShareView"] | null;
        };
        BriefShiftView: {
            /** Format: date-time */
            ends_at: string;
            id: number;
            place_name: string;
            /** Format: date-time */
            starts_at: string;
            title: string;
        };
        BriefTeamView: {
            id: number;
            name: string;
        };
        BuildingView: {
            id: number;
            name: string;
        };
        CalendarView: {
            /** Format: date-time */
            since: string | null;
            url: string | null;
        };
        CallOutForm: {
            count?: number;
            resident_ids?: number[];
        };
        CallOutView: {
            asked: components["schemas"]["SuitableView"][];
            refused: components["schemas"]["NotAskedView"][];
        };
        CampaignAboutForm: {
            en?: string | null;
            zh: string;
        };
        CampaignChangeForm: {
            about?: components["schemas"]["CampaignAboutForm"] | null;
            /** @enum {string} */
            audience?: "everybody" | "volunteers";
            /** Format: date */
            first_day?: string;
            /** Format: date */
            last_day?: string;
            minutes?: number | null;
            most_tries?: number;
            pass_percent?: number;
            place_code?: string;
            places?: string[] | null;
            question_count?: number | null;
            question_ids?: number[] | null;
            /** @enum {string|null} */
            skill?: "fire_safety" | "ebike_safety" | "gas_safety" | "elevator_safety" | "flood_safety" | "fraud_prevention" | "first_aid_basics" | "patrol_basics" | null;
            skill_months?: number | null;
            /** Format: date */
            skill_until?: string | null;
            title?: components["schemas"]["CampaignTitleForm"];
            topics?: ("fire" | "ebike" | "gas" | "elevator" | "falling" | "flood" | "earthquake" | "fraud" | "first_aid" | "children_elders" | "community" | "emergency")[] | null;
            wait_hours?: number;
        };
        CampaignCountsView: {
            fewer_than: number;
            participants: number | null;
            passed: number | null;
            tries: number | null;
        };
        CampaignForm: {
            about?: components["schemas"]["CampaignAboutForm"] | null;
            /**
             * @default everybody
             * @enum {string}
             */
            audience?: "everybody" | "volunteers";
            /** Format: date */
            first_day: string;
            /** Format: date */
            last_day: string;
            minutes?: number | null;
            /** @default 3 */
            most_tries?: number;
            /** @default 80 */
            pass_percent?: number;
            place_code: string;
            places?: string[] | null;
            question_count?: number | null;
            question_ids?: number[] | null;
            /** @enum {string|null} */
            skill?: "fire_safety" | "ebike_safety" | "gas_safety" | "elevator_safety" | "flood_safety" | "fraud_prevention" | "first_aid_basics" | "patrol_basics" | null;
            skill_months?: number | null;
            /** Format: date */
            skill_until?: string | null;
            title: components["schemas"]["CampaignTitleForm"];
            topics?: ("fire" | "ebike" | "gas" | "elevator" | "falling" | "flood" | "earthquake" | "fraud" | "first_aid" | "children_elders" | "community" | "emergency")[] | null;
            /** @default 0 */
            wait_hours?: number;
        };
        CampaignGiftView: {
            months: number | null;
            name: string;
            skill: string;
            /** Format: date */
            until: string | null;
        };
        CampaignLineView: {
            /** Format: date-time */
            at: string;
            by: string | null;
            move: string;
            note: string | null;
            to: string;
        };
        CampaignMoveForm: {
            note?: string;
            /** @enum {string} */
            to: "draft" | "announced" | "running" | "over" | "cancelled";
        };
        CampaignMoveView: {
            allows: string[];
            move: string;
            needs: string[];
            to: string;
        };
        CampaignPage: {
            items: components["schemas"]["ListedCampaignView"][];
            next_cursor: string | null;
        };
        CampaignPlaceView: {
            code: string;
            name: string;
        };
        CampaignPlanView: {
            about: components["schemas"]["BothLanguagesView"] | null;
            audience: string;
            /** Format: date */
            first_day: string;
            /** Format: date */
            last_day: string;
            minutes: number;
            most_tries: number;
            pass_percent: number;
            place_code: string;
            places: string[];
            question_count: number;
            question_ids: number[];
            skill: string | null;
            skill_months: number | null;
            /** Format: date */
            skill_until: string | null;
            title: components["schemas"]["BothLanguagesView"];
            topics: string[];
            wait_hours: number;
        };
        CampaignStandingView: {
            best_percent: number | null;
            can_start: boolean;
            certificate_number: string | null;
            for_me: boolean;
            /** Format: date-time */
            next_try_at: string | null;
            open_attempt_id: number | null;
            passed: boolean;
            tries: number;
            tries_left: number;
            /** @enum {string|null} */
            why_not: "campaign_not_running" | "already_passed" | "no_tries_left" | "try_too_soon" | "not_in_audience" | "knows_the_key" | null;
        };
        CampaignTitleForm: {
            en?: string | null;
            zh: string;
        };
        CampaignTopicView: {
            code: string;
            name: string;
        };
        CampaignTriesView: {
            best_percent: number | null;
            open: boolean;
            passed: boolean;
            tries: number;
        };
        CampaignTryView: {
            attempt_id: number | null;
            /** @enum {string} */
            channel: "phone" | "paper";
            /** Format: date-time */
            finished_at: string | null;
            number: number;
            of: number;
            passed: boolean | null;
            percent: number | null;
            right: number | null;
            /** Format: date-time */
            started_at: string;
        };
        CampaignView: {
            about: string | null;
            /** @enum {string} */
            audience: "everybody" | "volunteers";
            counts: components["schemas"]["CampaignCountsView"] | null;
            /** Format: date-time */
            ends_at: string;
            /** Format: date */
            first_day: string;
            gives: components["schemas"]["CampaignGiftView"] | null;
            history: components["schemas"]["CampaignLineView"][];
            id: number;
            /** Format: date */
            last_day: string;
            mine: components["schemas"]["CampaignStandingView"];
            minutes: number;
            most_tries: number;
            moves: components["schemas"]["CampaignMoveView"][];
            pass_percent: number;
            place_code: string;
            place_name: string;
            places: components["schemas"]["CampaignPlaceView"][];
            plan: components["schemas"]["CampaignPlanView"] | null;
            pool: number | null;
            question_count: number;
            skill: string | null;
            /** Format: date-time */
            starts_at: string;
            /** @enum {string} */
            state: "draft" | "announced" | "running" | "over" | "cancelled";
            title: string;
            topics: components["schemas"]["CampaignTopicView"][];
            wait_hours: number;
        };
        CategoryFiguresView: {
            category: string;
            closed: number;
            name: string;
            on_time: components["schemas"]["RateView"];
            open: number;
            overdue: number;
            reported: number;
        };
        CategoryList: {
            items: components["schemas"]["CategoryView"][];
        };
        CategoryView: {
            clock: string;
            code: string;
            emergency: string | null;
            hint: string;
            limit: number;
            limit_text: string;
            name: string;
            severity: string;
        };
        CertificateForm: {
            /** Format: date */
            from?: string;
            place_code?: string;
            remarks?: string | null;
            /** Format: date */
            to?: string;
        };
        CertificatePage: {
            items: components["schemas"]["CertificateView"][];
            next_cursor: string | null;
        };
        CertificateView: {
            /** Format: date */
            from: string;
            hours: number;
            /** Format: date-time */
            issued_at: string;
            issuer: string;
            minutes: number;
            name: string;
            number: string;
            pdf_url: string;
            place_code: string;
            remarks: string | null;
            responsible: string | null;
            revoke_reason: string | null;
            /** Format: date-time */
            revoked_at: string | null;
            /** @enum {string} */
            state: "in_notice" | "valid" | "revoked";
            /** Format: date */
            to: string;
            /** Format: date-time */
            valid_from: string;
            verify_url: string;
            volunteer_number: string;
        };
        CertifiedServiceView: {
            /** Format: date */
            day: string;
            minutes: number;
            place: string;
            team: string | null;
            title: string;
        };
        ChallengeDaysView: {
            days: number;
            done: boolean;
        };
        ChallengeForm: {
            days: number;
            /** Format: date */
            first_day: string;
            /** @default 50 */
            goal_percent?: number;
            /** Format: date */
            last_day: string;
            place_code?: string;
            title?: string;
        };
        ChallengeGridView: {
            mine: boolean;
            name: string;
            of: number | null;
            people: number | null;
            percent: number | null;
            place_code: string;
            rank: number | null;
            reached: boolean;
        };
        ChallengeItemView: {
            days: number;
            /** Format: date */
            first_day: string;
            goal_percent: number;
            id: number;
            /** Format: date */
            last_day: string;
            place_code: string;
            place_name: string;
            /** @enum {string} */
            state: "planned" | "running" | "over";
            title: string | null;
        };
        ChallengePage: {
            items: components["schemas"]["ChallengeItemView"][];
            next_cursor: string | null;
        };
        ChallengeView: {
            /** Format: date */
            as_of: string | null;
            days: number;
            fewest: number;
            /** Format: date */
            first_day: string;
            formula: string;
            goal_percent: number;
            id: number;
            /** Format: date */
            last_day: string;
            mine: components["schemas"]["ChallengeDaysView"] | null;
            place_code: string;
            place_name: string;
            standing: components["schemas"]["ChallengeGridView"][];
            /** @enum {string} */
            state: "planned" | "running" | "over";
            title: string | null;
        };
        CheckInBatchForm: {
            items: components["schemas"]["CheckInForm"][];
        };
        CheckInForm: {
            accuracy?: number | null;
            /** Format: date-time */
            at: string;
            checkpoint_id?: number | null;
            client_uuid: string;
            code?: string | null;
            /**
             * @default wgs84
             * @enum {string}
             */
            coord_sys?: "wgs84" | "gcj02";
            /** @enum {string} */
            kind: "start" | "checkpoint" | "end";
            lat?: number | null;
            lon?: number | null;
            /** Format: date-time */
            sent_at?: string | null;
        };
        CheckInView: {
            /** Format: date-time */
            at: string;
            attendance: components["schemas"]["AttendanceView"];
            checkpoint: components["schemas"]["PassedPointView"] | null;
            client_uuid: string;
            evidence: number;
            flags: ("speed" | "far" | "shared_code" | "clock" | "old_code" | "copied_track" | "mocked" | "backdated" | "wrong_code")[];
            id: number;
            /** @enum {string} */
            kind: "start" | "checkpoint" | "end";
        };
        CheckpointCodesView: {
            codes: components["schemas"]["CheckpointCodeView"][];
            route: components["schemas"]["RouteNameView"];
        };
        CheckpointCodeView: {
            checkpoint_id: number;
            name: string;
            seq: number;
            svg: string;
            text: string;
        };
        CheckpointForm: {
            id?: number;
            lat: number;
            lon: number;
            name: string;
            radius_m?: number;
        };
        ChildrenPage: {
            /** Format: date */
            from: string;
            items: components["schemas"]["ChildView"][];
            level: string;
            next_cursor: string | null;
            place: components["schemas"]["FiguredPlaceView"];
            quartiles: {
                [key: string]: components["schemas"]["QuartilesView"] | null;
            };
            sort: string;
            /** Format: date */
            to: string;
        };
        ChildView: {
            figures: {
                [key: string]: components["schemas"]["FigureView"];
            };
            outliers: components["schemas"]["OutlierView"][];
            place: components["schemas"]["FiguredPlaceView"];
            rank: number | null;
        };
        ChosenOptionView: {
            by_best: number;
            by_worst: number;
            number: number;
            right: boolean;
            share: number;
        };
        ColleaguePage: {
            items: components["schemas"]["ColleagueView"][];
            next_cursor: string | null;
        };
        ColleagueView: {
            id: number;
            name: string;
            shifts: components["schemas"]["BriefShiftView"][];
        };
        CollectedView: {
            code: string;
            cost: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            id: number;
            moves: components["schemas"]["MoveView"][];
            place_name: string;
            qr_text: string;
            resident: components["schemas"]["PersonView"];
            reward: components["schemas"]["RewardNameView"];
            /** Format: date-time */
            settled_at: string | null;
            state: string;
        };
        CollectForm: {
            code: string;
        };
        CommitteeCommentForm: {
            /** @enum {string|null} */
            figure?: "people" | "newly" | "returning" | "reported" | "confirmed" | "patrolled" | "learnt" | "minutes" | "registered" | "cases_reported" | "cases_closed" | "grids" | "buildings" | "silent" | "silent_buildings" | "filing" | "on_time" | "closing" | "accurate_dispatch" | "rework" | "return" | "response" | "resolved" | "satisfied" | "breadth" | "continuity" | "evenness" | "responsiveness" | "finality" | "participation" | "solving" | null;
            /** Format: date */
            from: string;
            text: string;
            /** Format: date */
            to: string;
        };
        CommitteeCommentPage: {
            items: components["schemas"]["CommitteeCommentView"][];
            next_cursor: string | null;
        };
        CommitteeCommentView: {
            /** Format: date-time */
            at: string;
            author: string;
            figure: string | null;
            /** Format: date */
            from: string;
            id: number;
            text: string;
            /** Format: date */
            to: string;
        };
        CommitteeParticipationView: {
            by: string;
            figures: {
                [key: string]: components["schemas"]["FigureView"];
            };
            /** Format: date */
            from: string;
            missing: components["schemas"]["MissingView"];
            periods: components["schemas"]["PeriodFiguresView"][];
            place: components["schemas"]["FiguredPlaceView"];
            previous: components["schemas"]["FormerFiguresView"];
            siblings: components["schemas"]["SiblingsView"] | null;
            /** Format: date */
            to: string;
        };
        CommitteeSettingsForm: {
            ranking: boolean;
        };
        CommitteeSettingsView: {
            ranking: boolean;
        };
        CommunityView: {
            code: string;
            name: string;
        };
        ComparedView: {
            lower?: number;
            median?: number;
            own: number;
            upper?: number;
        };
        ConfigView: {
            demo_people: components["schemas"]["DemoPersonView"][];
            privacy_version: string;
            sandbox: boolean;
            subscribe_templates: string[];
            tile_attribution: string | null;
            tile_url: string | null;
        };
        ConsentLineView: {
            /** Format: date-time */
            at: string;
            given: boolean;
            /** @enum {string} */
            kind: "risk" | "location" | "guardian";
            version: string;
        };
        ConsentView: {
            current: string;
            /** Format: date-time */
            given_at: string | null;
            version: string | null;
        };
        ContactForm: {
            name: string;
            phone: string;
        };
        ContactView: {
            id: number;
            name: string;
            phone: string | null;
        };
        CopyView: {
            /** Format: date-time */
            asked_at: string | null;
            /** Format: date-time */
            expires_at: string | null;
            /** Format: date-time */
            made_at: string | null;
            /** @description bytes */
            size: number | null;
            /** @enum {string} */
            state: "none" | "making" | "ready" | "failed";
            url: string | null;
        };
        CrewView: {
            leader: boolean;
            name: string;
            resident_id: number;
            state: string;
        };
        DailyResultView: {
            answered: number;
            at_home: components["schemas"]["QuizAdviceView"][];
            counted: number;
            /** Format: date-time */
            finished_at: string;
            of: number;
            pledged_id: number | null;
            points: number;
            right: number;
            streak: components["schemas"]["StreakStandingView"] | null;
            verdict: components["schemas"]["VerdictView"] | null;
        };
        DayFiguresView: {
            closed: number;
            /** Format: date */
            date: string;
            reported: number;
        };
        DemoPersonView: {
            code: string;
            name: string;
            place_name: string | null;
            role: string | null;
        };
        DeskDecisionForm: {
            let_in: boolean;
        };
        DeskList: {
            items: components["schemas"]["DeskView"][];
        };
        DeskView: {
            address: string;
            /** Format: date-time */
            asked_at: string;
            browser: string;
            code: string;
            /** Format: date-time */
            expires_at: string;
            id: number;
            /** @description shown on both screens, to be compared */
            number: string;
            /** Format: date-time */
            seen_at: string | null;
            /** @enum {string} */
            state: "waiting" | "let_in" | "refused" | "open" | "ended" | "over";
        };
        DuplicatedWeekView: {
            by_template: number;
            made: number;
            past: number;
            skipped: number;
        };
        DuplicateWeekForm: {
            /** Format: date */
            from_week: string;
            place_code: string;
            team_id?: number;
            /** Format: date */
            to_week: string;
        };
        EarnedSkillView: {
            /** Format: date */
            from: string;
            skill: string;
            /** Format: date */
            to: string | null;
        };
        EmergencyContactView: {
            name: string;
            phone: string;
        };
        FairnessView: {
            gini: number;
            least: number;
            missing: number;
            most: number;
            needed: number;
            short: number;
            squares: number;
        };
        FieldErrorView: {
            code: string;
            /** @description dotted path */
            field: string;
            message: string;
        };
        FiguredPlaceView: {
            code: string;
            kind: string;
            name: string;
        };
        FigureRowView: {
            activity?: string;
            /** Format: date-time */
            at?: string;
            category?: string;
            /** Format: date */
            day?: string;
            /** Format: date-time */
            due_at?: string | null;
            few?: boolean;
            id?: number;
            minutes?: number;
            number?: string;
            part?: string;
            people?: number | null;
            place_code: string;
            reverses_id?: number | null;
            state?: string;
        };
        FigureView: {
            denominator: number | null;
            excluded: number;
            formula_version: number;
            numerator: number | null;
            parts?: {
                [key: string]: components["schemas"]["PlainFigureView"];
            };
            value: number | null;
            withheld: string | null;
        };
        FlagAnswerForm: {
            accepted: boolean;
            note?: string | null;
        };
        FormerFiguresView: {
            figures: {
                [key: string]: components["schemas"]["FigureView"];
            };
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
        };
        FormerIndicatorsView: {
            /** Format: date */
            from: string;
            indicators: {
                [key: string]: components["schemas"]["FigureView"];
            };
            indices: {
                [key: string]: components["schemas"]["FigureView"];
            };
            /** Format: date */
            to: string;
        };
        FormulaView: {
            denominator: string | null;
            excluded: string | null;
            numerator: string | null;
            parts: string[];
            /** Format: date */
            since: string;
            version: number;
        };
        GivenAnswerView: {
            at_home: string | null;
            chosen_option_ids: string[];
            correct: boolean;
            counted: boolean;
            explanation: string;
            right_option_ids: string[];
            source: components["schemas"]["StatuteView"];
        };
        GivenPassView: {
            /** Format: date */
            issued_on: string;
            name: string;
            number: string;
            /** @enum {string} */
            state: "valid" | "expired" | "revoked";
        };
        GradedAnswerView: {
            at_home: string | null;
            client_uuid: string;
            code: string | null;
            correct: boolean | null;
            /** Format: date-time */
            due_at: string | null;
            explanation: string | null;
            points: number;
            right_option_ids: string[];
            source: components["schemas"]["StatuteView"] | null;
            /** @enum {string} */
            status: "graded" | "repeated" | "refused";
        };
        GradesView: {
            answers: components["schemas"]["GradedAnswerView"][];
        };
        GridCoverageView: {
            by_hour: number[];
            /** Format: date-time */
            last_walked_at: string | null;
            name: string;
            outline: components["schemas"]["OutlineView"] | null;
            place_code: string;
            rounds: number;
            walked_minutes: number;
        };
        GridFiguresView: {
            closed: number;
            name: string;
            on_time: components["schemas"]["RateView"];
            open: number;
            overdue: number;
            place_code: string;
            reported: number;
            satisfied: components["schemas"]["RateView"];
        };
        GuardianForm: {
            /** @enum {boolean} */
            consent: true;
            name: string;
            phone: string;
        };
        GuardianView: {
            /** Format: date-time */
            consent_at: string;
            name: string;
            phone: string | null;
        };
        HazardForm: {
            address?: string | null;
            anonymous?: boolean;
            category: string;
            /** @enum {string} */
            coord_sys: "wgs84" | "gcj02";
            description: string;
            lat: number;
            lon: number;
            photo_ids?: string[];
            round_id?: number | null;
        };
        HazardItemView: {
            /** Format: date-time */
            accept_by: string;
            /** Format: date-time */
            act_by: string | null;
            address: string | null;
            anonymous: boolean;
            category: string;
            category_name: string;
            /** Format: date-time */
            closed_at: string | null;
            description: string;
            distance_m: number | null;
            /** Format: date-time */
            due_at: string | null;
            /** Format: date-time */
            expected_by: string;
            /** Format: date-time */
            handled_at: string | null;
            id: number;
            lat: number;
            lon: number;
            mine: boolean;
            number: string;
            /** Format: date-time */
            order_by: string | null;
            overdue: boolean;
            photo_count: number;
            place_code: string;
            place_name: string;
            /** Format: date-time */
            reported_at: string;
            severity: string;
            /** @enum {string} */
            state: "reported" | "accepted" | "declined" | "withdrawn" | "assigned" | "handling" | "suspended" | "handled" | "closed";
            /** @enum {string} */
            text_state: "passed" | "checking" | "withheld";
            thumbnail_url: string | null;
        };
        HazardMoveForm: {
            assignee_id?: number | null;
            note?: string | null;
            photo_ids?: string[];
            rating?: number | null;
            solved?: boolean | null;
            /** @enum {string} */
            to: "reported" | "accepted" | "declined" | "withdrawn" | "assigned" | "handling" | "suspended" | "handled" | "closed";
            /** Format: date-time */
            until?: string | null;
        };
        HazardPage: {
            items: components["schemas"]["HazardItemView"][];
            next_cursor: string | null;
        };
        HazardPhotoView: {
            height: number;
            id: string;
            /** @enum {string} */
            kind: "before" | "after";
            /** @enum {string} */
            state: "passed" | "checking" | "withheld";
            thumbnail_url: string | null;
            url: string | null;
            /** @enum {string|null} */
            waits_for: "wechat" | "committee" | null;
            width: number;
        };
        HazardView: {
            /** Format: date-time */
            accept_by: string;
            /** Format: date-time */
            act_by: string | null;
            address: string | null;
            anonymous: boolean;
            assignee: components["schemas"]["ContactView"] | null;
            category: string;
            category_name: string;
            /** Format: date-time */
            closed_at: string | null;
            description: string;
            distance_m: number | null;
            /** Format: date-time */
            due_at: string | null;
            elapsed: number | null;
            /** Format: date-time */
            expected_by: string;
            /** Format: date-time */
            handled_at: string | null;
            history: components["schemas"]["HistoryView"][];
            id: number;
            lat: number;
            lon: number;
            may_judge: boolean;
            mine: boolean;
            moves: components["schemas"]["MoveView"][];
            number: string;
            /** Format: date-time */
            order_by: string | null;
            orders: components["schemas"]["OrderView"][];
            overdue: boolean;
            photo_count: number;
            photos: components["schemas"]["HazardPhotoView"][];
            place_code: string;
            place_name: string;
            /** Format: date-time */
            reported_at: string;
            reporter: components["schemas"]["ContactView"] | null;
            round_id: number | null;
            severity: string;
            /** @enum {string} */
            state: "reported" | "accepted" | "declined" | "withdrawn" | "assigned" | "handling" | "suspended" | "handled" | "closed";
            suspension: components["schemas"]["SuspensionView"] | null;
            /** @enum {string} */
            text_state: "passed" | "checking" | "withheld";
            /** @enum {string|null} */
            text_waits_for: "wechat" | "committee" | null;
            thumbnail_url: string | null;
        };
        HeldSeatView: {
            /** Format: date-time */
            expires_at: string;
            id: number;
        };
        HistoryView: {
            actor: components["schemas"]["WhoView"];
            assignee: components["schemas"]["PersonView"] | null;
            /** Format: date-time */
            at: string;
            from_state: string | null;
            move: string;
            note: string | null;
            /** @enum {string} */
            note_state: "passed" | "checking" | "withheld";
            /** @enum {string|null} */
            note_waits_for: "wechat" | "committee" | null;
            photos: components["schemas"]["HazardPhotoView"][];
            rating: number | null;
            seq: number;
            solved: boolean | null;
            to_state: string;
            /** Format: date-time */
            until: string | null;
        };
        HonouredPersonView: {
            hours: number;
            name: string;
            stars: number;
        };
        HonouredTeamView: {
            hours: number;
            name: string;
            people: number;
            team_id: number;
        };
        HonourView: {
            people: components["schemas"]["HonouredPersonView"][];
            period: string;
            /** Format: date-time */
            since: string | null;
            teams: components["schemas"]["HonouredTeamView"][];
        };
        HourEntryView: {
            /** Format: date-time */
            ends_at: string;
            evidence: number;
            id: number;
            minutes: number;
            reason: string | null;
            reversed: boolean;
            shift_id: number;
            /** Format: date-time */
            starts_at: string;
            state: string;
            title: string;
        };
        HoursCorrectionForm: {
            /** Format: date-time */
            ends_at?: string;
            minutes?: number;
            reason: string;
            /** Format: date-time */
            starts_at?: string;
        };
        HoursCorrectionView: {
            entry_ids: number[];
            minutes: number;
            reason: string;
            resident_id: number;
            shift_id: number;
        };
        ImportForm: {
            /** @enum {string} */
            format: "gift" | "aiken" | "moodle_xml" | "csv";
            place_code?: string;
            /**
             * @default fire
             * @enum {string}
             */
            topic?: "fire" | "ebike" | "gas" | "elevator" | "falling" | "flood" | "earthquake" | "fraud" | "first_aid" | "children_elders" | "community" | "emergency";
        };
        ImportItemView: {
            accepted: number;
            /** Format: date-time */
            created_at: string;
            done: number;
            file_name: string;
            /** Format: date-time */
            finished_at: string | null;
            format: string;
            id: number;
            place_code: string;
            refused: number;
            /** @enum {string} */
            state: "running" | "done";
            total: number;
        };
        ImportPage: {
            items: components["schemas"]["ImportItemView"][];
            next_cursor: string | null;
        };
        ImportView: {
            accepted: number;
            /** Format: date-time */
            created_at: string;
            done: number;
            file_name: string;
            /** Format: date-time */
            finished_at: string | null;
            format: string;
            id: number;
            lines: components["schemas"]["RefusedLineView"][];
            place_code: string;
            refused: number;
            /** @enum {string} */
            state: "running" | "done";
            total: number;
        };
        IndicatorsView: {
            /** Format: date */
            from: string;
            indicators: {
                [key: string]: components["schemas"]["FigureView"];
            };
            indices: {
                [key: string]: components["schemas"]["FigureView"];
            };
            place: components["schemas"]["FiguredPlaceView"];
            previous: components["schemas"]["FormerIndicatorsView"];
            targets: components["schemas"]["MetTargetView"][];
            /** Format: date */
            to: string;
        };
        InsuranceForm: {
            /** Format: date */
            from: string;
            insurer: string;
            policy_number: string;
            /** Format: date */
            to: string;
        };
        InsuranceView: {
            /** Format: date */
            from: string;
            id: number;
            insurer: string;
            policy_number: string;
            /** Format: date */
            to: string;
        };
        IssuedCertificatePage: {
            items: components["schemas"]["IssuedCertificateView"][];
            next_cursor: string | null;
        };
        IssuedCertificateView: {
            /** Format: date */
            from: string;
            hours: number;
            /** Format: date-time */
            issued_at: string;
            issuer: string;
            minutes: number;
            name: string;
            number: string;
            pdf_url: string;
            place_code: string;
            remarks: string | null;
            resident_id: number;
            responsible: string | null;
            revoke_reason: string | null;
            /** Format: date-time */
            revoked_at: string | null;
            /** @enum {string} */
            state: "in_notice" | "valid" | "revoked";
            /** Format: date */
            to: string;
            to_review: boolean;
            /** Format: date-time */
            valid_from: string;
            verify_url: string;
            volunteer_number: string;
        };
        JoinForm: {
            resident_id?: number;
            volunteer_number?: string;
        };
        KindView: {
            kind: string;
            on: boolean;
            template: string | null;
            title: string;
        };
        KnowledgeView: {
            due: number;
            known: number;
            questions: number;
            recall: number | null;
            seen: number;
            topics: components["schemas"]["TopicKnowledgeView"][];
        };
        KnownMonthView: {
            month: string;
            topics: components["schemas"]["KnownTopicView"][];
        };
        KnownPlaceView: {
            code: string;
            /** @enum {string} */
            kind: "district" | "street" | "community" | "grid" | "building";
            name: string;
        };
        KnownShareView: {
            people: number | null;
            share: number | null;
        };
        KnownTopicView: {
            name: string;
            people: number | null;
            share: number | null;
            /** @enum {string} */
            topic: "fire" | "ebike" | "gas" | "elevator" | "falling" | "flood" | "earthquake" | "fraud" | "first_aid" | "children_elders" | "community" | "emergency";
        };
        LastSeenView: {
            accuracy: number | null;
            /** Format: date-time */
            at: string;
            lat: number;
            lon: number;
        };
        LeavingForm: {
            /** @enum {boolean} */
            confirmed: true;
        };
        LeavingView: {
            /** Format: date-time */
            asked_at: string;
            /** Format: date-time */
            erase_at: string;
        };
        ListedCampaignView: {
            /** @enum {string} */
            audience: "everybody" | "volunteers";
            counts: components["schemas"]["CampaignCountsView"] | null;
            /** Format: date */
            first_day: string;
            id: number;
            /** Format: date */
            last_day: string;
            mine: components["schemas"]["CampaignTriesView"];
            minutes: number;
            pass_percent: number;
            place_code: string;
            place_name: string;
            question_count: number;
            skill: string | null;
            /** @enum {string} */
            state: "draft" | "announced" | "running" | "over" | "cancelled";
            title: string;
        };
        ListedVolunteerView: {
            availability: components["schemas"]["TimeView"][];
            home: components["schemas"]["NamedPlaceView"] | null;
            languages: ("zh" | "en" | "sc" | "yue" | "wu" | "min" | "hakka" | "ug" | "bo" | "sign" | "other")[];
            likes: string[];
            minor: boolean;
            most_per_week: number | null;
            name: string;
            paused: boolean;
            resident_id: number;
            serving: boolean;
            skills: ("first_aid" | "fire_warden" | "electrician" | "plumber" | "elevator" | "driver" | "drone" | "sign_language" | "dialect" | "it" | "care" | "other" | "fire_safety" | "ebike_safety" | "gas_safety" | "elevator_safety" | "flood_safety" | "fraud_prevention" | "first_aid_basics" | "patrol_basics")[];
            teams: components["schemas"]["TeamNameView"][];
        };
        LocatedView: {
            community: components["schemas"]["CommunityView"];
            grid: components["schemas"]["PlaceView"];
        };
        LookView: {
            /** Format: date-time */
            at: string;
            by: string;
            why: string;
        };
        MeForm: {
            consent_version?: string;
            /** @enum {string} */
            language?: "zh-Hans" | "en";
            /** @enum {string} */
            letter_size?: "standard" | "large";
            name?: string;
        };
        MembershipMoveForm: {
            /** @enum {string} */
            to: "member" | "leader" | "left";
        };
        MemberView: {
            leader: boolean;
            moves: components["schemas"]["MoveView"][];
            name: string;
            resident_id: number;
            /** Format: date-time */
            since: string;
            /** @enum {string} */
            state: "asked" | "invited" | "member";
        };
        MetTargetView: {
            at_most: boolean;
            figure: string;
            met: boolean | null;
            /** Format: date-time */
            set_at: string;
            wanted: number;
        };
        MissingView: {
            bands: components["schemas"]["BandView"][];
            buildings: components["schemas"]["PlainFigureView"];
        };
        MoveView: {
            allows: string[];
            move: string;
            needs: string[];
            to: string;
        };
        MyHoursPage: {
            held_minutes: number;
            items: components["schemas"]["HourEntryView"][];
            next_cursor: string | null;
            next_star_hours: number | null;
            stars: number;
            total_minutes: number;
        };
        MySeatView: {
            /** Format: date-time */
            joined_at: string | null;
            offer: components["schemas"]["HeldSeatView"] | null;
            position: number | null;
            state: string | null;
            swaps: components["schemas"]["SwapView"][];
        };
        NamedPlaceView: {
            code: string;
            name: string;
        };
        NamedSiblingView: {
            breadth: number;
            name: string;
            place_code: string;
            rank: number;
        };
        NeedingPage: {
            items: components["schemas"]["NeedingView"][];
            next_cursor: string | null;
        };
        NeedingView: {
            called: number;
            capacity: number;
            /** Format: date-time */
            ends_at: string;
            id: number;
            leader: components["schemas"]["PlannedRefView"] | null;
            minimum: number;
            missing: number;
            missing_skills: string[];
            place_code: string;
            place_name: string;
            /** Format: date-time */
            starts_at: string;
            state: string;
            taken: number;
            team: components["schemas"]["PlannedRefView"] | null;
            title: string;
        };
        NewCertificateView: {
            content: components["schemas"]["CertifiedServiceView"][];
            /** Format: date */
            from: string;
            hours: number;
            /** Format: date-time */
            issued_at: string;
            issuer: string;
            left_out_minutes: number;
            minutes: number;
            name: string;
            number: string;
            pdf_url: string;
            place_code: string;
            remarks: string | null;
            responsible: string | null;
            revoke_reason: string | null;
            /** Format: date-time */
            revoked_at: string | null;
            /** @enum {string} */
            state: "in_notice" | "valid" | "revoked";
            /** Format: date */
            to: string;
            /** Format: date-time */
            valid_from: string;
            verify_url: string;
            volunteer_number: string;
        };
        NewQuestionForm: {
            answer?: boolean;
            at_home?: components["schemas"]["BothForm"] | null;
            /** @default 1 */
            difficulty?: number;
            explanation: components["schemas"]["BothForm"];
            /** @enum {string} */
            kind: "true_false" | "single" | "multiple" | "ordering" | "picture";
            options?: components["schemas"]["QuizOptionForm"][];
            picture_id?: string | null;
            place_code?: string;
            source: components["schemas"]["StatuteForm"];
            stem: components["schemas"]["BothForm"];
            /** @enum {string} */
            topic: "fire" | "ebike" | "gas" | "elevator" | "falling" | "flood" | "earthquake" | "fraud" | "first_aid" | "children_elders" | "community" | "emergency";
        };
        NotAskedView: {
            code: string;
            name: string | null;
            resident_id: number;
            words: string;
        };
        NoticePage: {
            items: components["schemas"]["NoticeView"][];
            next_cursor: string | null;
            unread: number;
        };
        NoticeView: {
            about: components["schemas"]["AboutView"] | null;
            /** Format: date-time */
            at: string;
            body: string;
            emergency: boolean;
            id: number;
            kind: string;
            /** Format: date-time */
            read_at: string | null;
            title: string;
        };
        OfferPage: {
            items: components["schemas"]["OfferView"][];
            next_cursor: string | null;
        };
        OfferView: {
            /** Format: date-time */
            expires_at: string;
            id: number;
            /** Format: date-time */
            made_at: string;
            shift: components["schemas"]["ShiftItemView"];
        };
        OpenCatalogueView: {
            datasets: components["schemas"]["OpenDatasetView"][];
        };
        OpenColumnView: {
            meaning: string;
            name: string;
            type: string;
        };
        OpenDatasetView: {
            columns: components["schemas"]["OpenColumnView"][];
            description: string;
            least_people: number;
            licence: string;
            name: string;
            quarters: string[];
            title: string;
        };
        OpenFigureView: {
            figure: components["schemas"]["FigureView"];
            formula: components["schemas"]["FormulaView"];
            /** Format: date */
            from: string;
            items: components["schemas"]["FigureRowView"][];
            name: string;
            next_cursor: string | null;
            place: components["schemas"]["FiguredPlaceView"];
            rows: string | null;
            /** Format: date */
            to: string;
        };
        OrderAnswerForm: {
            text: string;
        };
        OrderView: {
            answer: string | null;
            /** Format: date-time */
            answer_by: string;
            /** Format: date-time */
            answered_at: string | null;
            answered_by: string | null;
            /** Format: date-time */
            due_at: string;
            id: number;
            may_answer: boolean;
            /** Format: date-time */
            raised_at: string;
            share: number;
        };
        OutlierView: {
            explanation: string;
            figure: string;
            lower: number;
            side: string;
            upper: number;
            why: string;
        };
        OutlineView: {
            coordinates: unknown[];
            /** @enum {string} */
            type: "Polygon" | "MultiPolygon";
        };
        OverviewView: {
            by_category: components["schemas"]["CategoryFiguresView"][];
            by_day: components["schemas"]["DayFiguresView"][];
            by_grid: components["schemas"]["GridFiguresView"][];
            /** Format: date */
            from: string;
            orders_answered_late: number;
            orders_open: number;
            orders_raised: number;
            place: components["schemas"]["FiguredPlaceView"];
            previous: components["schemas"]["PreviousView"];
            rates: components["schemas"]["RatesView"];
            /** Format: date */
            to: string;
            totals: components["schemas"]["TotalsView"];
        };
        OwnAppealView: {
            answer: string | null;
            id: number;
            minutes: number | null;
            note: string;
            /** @enum {string} */
            state: "asked" | "granted" | "refused";
        };
        OwnAttendancePage: {
            items: components["schemas"]["OwnAttendanceView"][];
            next_cursor: string | null;
        };
        OwnAttendanceView: {
            appeal: components["schemas"]["OwnAppealView"] | null;
            attested: boolean;
            /** Format: date-time */
            ends_at: string;
            evidence: number;
            id: number;
            may_appeal: boolean;
            minutes: number;
            place_name: string;
            /** Format: date-time */
            settled_at: string | null;
            shift_id: number;
            /** Format: date-time */
            starts_at: string;
            /** @enum {string} */
            state: "expected" | "on_round" | "ended" | "no_show";
            title: string;
        };
        OwnRoundView: {
            attendance: components["schemas"]["AttendanceView"];
            check_ins: components["schemas"]["RoundCheckInView"][];
            checkpoints_done: number[];
            flags: components["schemas"]["RoundFlagView"][];
        };
        OwnTeamView: {
            id: number;
            leader: boolean;
            name: string;
        };
        OwnTriesView: {
            items: components["schemas"]["CampaignTryView"][];
        };
        PaginationMetadata: {
            /** @description First available page number. */
            first_page?: number;
            /** @description Last available page number. */
            last_page?: number;
            /** @description Next page number. */
            next_page?: number;
            /** @description Current page number. */
            page?: number;
            /** @description Previous page number. */
            previous_page?: number;
            /** @description Total number of items. */
            total?: number;
            /** @description Total number of pages. */
            total_pages?: number;
        };
        PairForm: {
            resident_id: number;
            shift_id: number;
        };
        PaperCorrectionForm: {
            answers?: string[] | null;
            reason: string;
        };
        PaperPersonView: {
            id: number;
            name: string;
        };
        PaperQuestionView: {
            /** @enum {string} */
            kind: "true_false" | "single" | "multiple" | "ordering" | "picture";
            letters: string[];
            number: number;
            /** @enum {string} */
            pick: "one" | "several" | "order";
        };
        PaperResultForm: {
            answers: string[];
            client_uuid: string;
            code: string;
            place_code?: string | null;
            resident_id?: number | null;
        };
        PaperResultPage: {
            items: components["schemas"]["PaperResultView"][];
            next_cursor: string | null;
        };
        PaperResultView: {
            answers: string[];
            campaign_id: number;
            counts: boolean;
            entered_by: string;
            /** Format: date */
            entered_on: string;
            id: number;
            of: number;
            passed: boolean;
            percent: number;
            place_code: string | null;
            reason: string | null;
            replaces_id: number | null;
            resident: components["schemas"]["PaperPersonView"] | null;
            right: number;
            /** @enum {string} */
            state: "standing" | "replaced" | "withdrawn";
            /** @enum {string} */
            variant: "A" | "B";
        };
        PapersView: {
            campaign_id: number;
            /** Format: date */
            enter_until: string;
            left_out: number;
            open: boolean;
            papers: components["schemas"]["PaperVariantView"][];
            title: string;
        };
        PaperVariantView: {
            code: string;
            key_url: string;
            pdf_url: string;
            questions: components["schemas"]["PaperQuestionView"][];
            /** @enum {string} */
            variant: "A" | "B";
        };
        PassCertificatePage: {
            items: components["schemas"]["GivenPassView"][];
            next_cursor: string | null;
        };
        PassCertificateView: {
            campaign_id: number;
            /** Format: date-time */
            issued_at: string;
            issuer: string;
            name: string;
            number: string;
            pass_percent: number;
            pdf_url: string;
            percent: number;
            revoke_reason: string | null;
            /** Format: date-time */
            revoked_at: string | null;
            skill: string | null;
            skill_name: string | null;
            /** @enum {string} */
            state: "valid" | "expired" | "revoked";
            title: string;
            /** Format: date */
            valid_until: string | null;
            verify_url: string;
        };
        PassedPointView: {
            id: number;
            name: string;
            seq: number;
        };
        PatrolCheckpointView: {
            id: number;
            lat: number;
            lon: number;
            name: string;
            radius_m: number;
            seq: number;
        };
        PatrollingView: {
            attendance: components["schemas"]["RateView"];
            coverage: components["schemas"]["GridCoverageView"][];
            /** Format: date */
            from: string;
            hours_by_team: components["schemas"]["TeamHoursView"][];
            never_walked: number;
            no_shows: number;
            place: components["schemas"]["FiguredPlaceView"];
            rounds: number;
            /** Format: date */
            to: string;
            understaffed: components["schemas"]["UnderstaffedShiftView"][];
            unplaced_minutes: number;
        };
        PatrolRouteChangeForm: {
            active?: boolean;
            checkpoints?: components["schemas"]["CheckpointForm"][];
            /**
             * @default wgs84
             * @enum {string}
             */
            coord_sys?: "wgs84" | "gcj02";
            name?: string;
            path?: unknown[];
        };
        PatrolRouteForm: {
            checkpoints?: components["schemas"]["CheckpointForm"][];
            /**
             * @default wgs84
             * @enum {string}
             */
            coord_sys?: "wgs84" | "gcj02";
            name: string;
            path?: unknown[];
            place_code: string;
        };
        PatrolRouteItemView: {
            active: boolean;
            id: number;
            length_m: number;
            name: string;
            place_code: string;
            place_name: string;
        };
        PatrolRoutePage: {
            items: components["schemas"]["PatrolRouteItemView"][];
            next_cursor: string | null;
        };
        PatrolRouteView: {
            active: boolean;
            checkpoints: components["schemas"]["PatrolCheckpointView"][];
            id: number;
            length_m: number;
            moves: string[];
            name: string;
            path: number[][];
            place_code: string;
            place_name: string;
        };
        PeriodFiguresView: {
            figures: {
                [key: string]: components["schemas"]["FigureView"];
            };
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
        };
        PersonView: {
            id: number;
            name: string;
        };
        PhoneForm: {
            code: string;
        };
        PhotoForm: {
            /** Format: binary */
            file: string;
        };
        PhotoView: {
            height: number;
            id: string;
            thumbnail_url: string;
            url: string;
            width: number;
        };
        PictureView: {
            thumbnail_url: string;
            url: string;
        };
        PlaceDetailView: {
            code: string;
            id: number;
            /** @enum {string} */
            kind: "district" | "street" | "community" | "grid" | "building";
            lat: number | null;
            lon: number | null;
            name: string;
            outline: components["schemas"]["OutlineView"] | null;
            parent_code: string | null;
            path: components["schemas"]["PlaceStepView"][];
        };
        PlaceKnowledgeView: {
            fewest: number;
            from: string;
            months: components["schemas"]["KnownMonthView"][];
            place: components["schemas"]["KnownPlaceView"];
            to: string;
        };
        PlacePage: {
            items: components["schemas"]["PlaceView"][];
            next_cursor: string | null;
        };
        PlaceStepView: {
            code: string;
            /** @enum {string} */
            kind: "district" | "street" | "community" | "grid" | "building";
            name: string;
        };
        PlaceView: {
            code: string;
            id: number;
            /** @enum {string} */
            kind: "district" | "street" | "community" | "grid" | "building";
            lat: number | null;
            lon: number | null;
            name: string;
            outline: components["schemas"]["OutlineView"] | null;
            parent_code: string | null;
        };
        PlainFigureView: {
            denominator: number | null;
            excluded: number;
            formula_version: number;
            numerator: number | null;
            value: number | null;
            withheld: string | null;
        };
        PlannedRefView: {
            id: number;
            name: string;
        };
        PlannedShiftView: {
            capacity: number;
            /** Format: date-time */
            ends_at: string;
            id: number;
            leader: components["schemas"]["PlannedRefView"] | null;
            minimum: number;
            missing: number;
            missing_skills: string[];
            place_code: string;
            place_name: string;
            /** Format: date-time */
            starts_at: string;
            state: string;
            taken: number;
            team: components["schemas"]["PlannedRefView"] | null;
            title: string;
        };
        PointsCapView: {
            cap: number;
            granted: number;
        };
        PointsLineView: {
            amount: number;
            /** Format: date-time */
            at: string;
            capped: number;
            /** @description waits for evidence */
            held: boolean;
            id: number;
            reversed: boolean;
            rule: string;
            source: components["schemas"]["PointsSourceView"];
            words: string;
        };
        PointsPage: {
            balance: number;
            cap_today: components["schemas"]["PointsCapView"];
            debt: number;
            held: number;
            items: components["schemas"]["PointsLineView"][];
            next_cursor: string | null;
            rules: components["schemas"]["PointsRuleView"][];
        };
        PointsRuleView: {
            amount: number;
            daily_cap: number;
            how: string;
            rule: string;
            today: number;
            words: string;
        };
        PointsSourceView: {
            id: number;
            type: string;
        };
        PracticeAnswerForm: {
            /** Format: date-time */
            answered_at: string;
            client_uuid: string;
            hinted?: boolean;
            option_ids: string[];
            seconds?: number | null;
            ticket: string;
        };
        PracticeView: {
            /** Format: date-time */
            next_due_at: string | null;
            questions: components["schemas"]["ToPractiseView"][];
        };
        PreferencesForm: {
            kinds: {
                [key: string]: boolean;
            };
        };
        PreferencesView: {
            kinds: components["schemas"]["KindView"][];
            quiet_hours: components["schemas"]["QuietHoursView"];
            templates: components["schemas"]["TemplateView"][];
        };
        PreviousView: {
            /** Format: date */
            from: string;
            rates: components["schemas"]["RatesView"];
            /** Format: date */
            to: string;
            totals: components["schemas"]["TotalsView"];
        };
        ProblemView: {
            code: string;
            detail: string;
            errors: components["schemas"]["FieldErrorView"][];
            status: number;
            title: string;
            type: string;
        };
        QuartilesView: {
            lower: number;
            median: number;
            upper: number;
        };
        QuestionFiguresView: {
            answers: number;
            discrimination: number | null;
            facility: number;
            flags: string[];
            options: components["schemas"]["ChosenOptionView"][];
        };
        QuestionForm: {
            answer?: boolean;
            at_home?: components["schemas"]["BothForm"] | null;
            /** @default 1 */
            difficulty?: number;
            explanation: components["schemas"]["BothForm"];
            /** @enum {string} */
            kind: "true_false" | "single" | "multiple" | "ordering" | "picture";
            options?: components["schemas"]["QuizOptionForm"][];
            picture_id?: string | null;
            source: components["schemas"]["StatuteForm"];
            stem: components["schemas"]["BothForm"];
            /** @enum {string} */
            topic: "fire" | "ebike" | "gas" | "elevator" | "falling" | "flood" | "earthquake" | "fraud" | "first_aid" | "children_elders" | "community" | "emergency";
        };
        QuestionItemView: {
            answers: number;
            author: string | null;
            /** Format: date-time */
            created_at: string;
            flags: string[];
            id: number;
            key: string;
            kind: string;
            number: number;
            place_code: string;
            state: string;
            stem: string;
            topic: string;
            version_id: number;
        };
        QuestionPage: {
            items: components["schemas"]["QuestionItemView"][];
            next_cursor: string | null;
        };
        QuestionView: {
            id: number;
            key: string;
            place_code: string;
            versions: components["schemas"]["VersionView"][];
        };
        QuietHoursView: {
            from: string;
            to: string;
        };
        QuizAdviceView: {
            question_id: number;
            text: string;
        };
        QuizAnswerForm: {
            option_ids: string[];
            question_id: number;
        };
        QuizAnswerView: {
            at_home: string | null;
            correct: boolean;
            counted: boolean;
            explanation: string;
            question_id: number;
            right_option_ids: string[];
            source: components["schemas"]["StatuteView"];
        };
        QuizMediaView: {
            height: number;
            thumbnail_url: string;
            url: string;
            width: number;
        };
        QuizOptionForm: {
            en?: string;
            region?: components["schemas"]["QuizRegionForm"];
            right?: boolean;
            zh: string;
        };
        QuizOptionView: {
            id: string;
            region: components["schemas"]["QuizRegionView"] | null;
            text: string;
        };
        QuizPledgeForm: {
            question_id: number;
        };
        QuizRegionForm: {
            height: number;
            width: number;
            x: number;
            y: number;
        };
        QuizRegionView: {
            height: number;
            width: number;
            x: number;
            y: number;
        };
        RatesView: {
            on_time: components["schemas"]["RateView"];
            resolved: components["schemas"]["RateView"];
            satisfied: components["schemas"]["RateView"];
        };
        RateView: {
            denominator: number;
            excluded: number;
            numerator: number;
            value: number | null;
        };
        ReadAllForm: {
            about?: components["schemas"]["AboutForm"];
        };
        ReasonForm: {
            reason: string;
        };
        RectificationDetailView: {
            answer: string | null;
            /** Format: date-time */
            answered_at: string | null;
            demand: string;
            /** Format: date */
            due_on: string;
            figure: string | null;
            history: components["schemas"]["RectificationLineView"][];
            id: number;
            late: boolean;
            moves: components["schemas"]["MoveView"][];
            place_code: string;
            place_name: string;
            /** Format: date-time */
            raised_at: string;
            raised_by: string;
            state: string;
            title: string;
        };
        RectificationForm: {
            demand: string;
            /** Format: date */
            due_on: string;
            /** @enum {string|null} */
            figure?: "people" | "newly" | "returning" | "reported" | "confirmed" | "patrolled" | "learnt" | "minutes" | "registered" | "cases_reported" | "cases_closed" | "grids" | "buildings" | "silent" | "silent_buildings" | "filing" | "on_time" | "closing" | "accurate_dispatch" | "rework" | "return" | "response" | "resolved" | "satisfied" | "breadth" | "continuity" | "evenness" | "responsiveness" | "finality" | "participation" | "solving" | null;
            title: string;
        };
        RectificationLineView: {
            actor_name: string;
            /** Format: date-time */
            at: string;
            /** Format: date */
            due_on: string | null;
            move: string;
            note: string | null;
            seq: number;
            to_state: string;
        };
        RectificationMoveForm: {
            /** Format: date */
            due_on?: string | null;
            note?: string | null;
            /** @enum {string} */
            to: "open" | "answered" | "accepted" | "withdrawn";
        };
        RectificationPage: {
            items: components["schemas"]["RectificationView"][];
            next_cursor: string | null;
        };
        RectificationView: {
            answer: string | null;
            /** Format: date-time */
            answered_at: string | null;
            demand: string;
            /** Format: date */
            due_on: string;
            figure: string | null;
            id: number;
            late: boolean;
            moves: components["schemas"]["MoveView"][];
            place_code: string;
            place_name: string;
            /** Format: date-time */
            raised_at: string;
            raised_by: string;
            state: string;
            title: string;
        };
        RedemptionPage: {
            items: components["schemas"]["RedemptionView"][];
            next_cursor: string | null;
        };
        RedemptionView: {
            code: string;
            cost: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            id: number;
            moves: components["schemas"]["MoveView"][];
            place_name: string;
            qr_text: string;
            reward: components["schemas"]["RewardNameView"];
            /** Format: date-time */
            settled_at: string | null;
            state: string;
        };
        RefreshForm: {
            refresh_token: string;
        };
        RefusedLineView: {
            code: string;
            field: string;
            line: number;
            message: string;
        };
        ReportAskForm: {
            correction?: string;
            month?: string;
            quarter?: string;
        };
        ReportStandingPage: {
            items: components["schemas"]["ReportStandingView"][];
            next_cursor: string | null;
        };
        ReportStandingView: {
            /** Format: date-time */
            asked_at: string;
            correction: string | null;
            done: number;
            edition: number;
            id: number;
            /** Format: date-time */
            made_at: string | null;
            of: number;
            /** @description YYYY-MM or YYYY-Qn */
            period: string;
            place_code: string;
            reason: string | null;
            /** @enum {string} */
            state: "making" | "made" | "failed";
        };
        ResidenceForm: {
            building_id?: number | null;
            place_code: string;
            room: string;
        };
        ResidenceMoveForm: {
            note?: string | null;
            /** @enum {string} */
            to: "requested" | "confirmed" | "refused" | "withdrawn";
        };
        ResidencePage: {
            items: components["schemas"]["ResidenceView"][];
            next_cursor: string | null;
        };
        ResidenceView: {
            building: components["schemas"]["BuildingView"] | null;
            /** Format: date-time */
            decided_at: string | null;
            id: number;
            moves: components["schemas"]["MoveView"][];
            note: string | null;
            place_code: string;
            place_name: string;
            /** Format: date-time */
            requested_at: string;
            resident: components["schemas"]["PersonView"];
            room: string;
            state: string;
        };
        ResidentView: {
            community: components["schemas"]["NamedPlaceView"] | null;
            consent: components["schemas"]["ConsentView"];
            id: number;
            language: string;
            leaving: components["schemas"]["LeavingView"] | null;
            letter_size: string;
            name: string;
            phone: string | null;
            residence: components["schemas"]["ResidenceView"] | null;
            roles: components["schemas"]["RoleView"][];
        };
        RevocationForm: {
            reason: string;
        };
        RewardChangeForm: {
            active?: boolean;
            cost?: number;
            name?: string;
            per_person?: number | null;
            photo_id?: string;
            stock_change?: number;
            words?: string | null;
        };
        RewardForm: {
            cost: number;
            name: string;
            per_person?: number | null;
            photo_id?: string | null;
            place_code: string;
            stock: number;
            words?: string | null;
        };
        RewardNameView: {
            id: number;
            name: string;
        };
        RewardPage: {
            items: components["schemas"]["RewardView"][];
            next_cursor: string | null;
        };
        RewardView: {
            active: boolean;
            affordable: boolean;
            can_redeem: boolean;
            cost: number;
            id: number;
            mine: number;
            name: string;
            per_person: number | null;
            photo_url: string | null;
            place_code: string;
            place_name: string;
            stock: number;
            words: string | null;
        };
        RoleView: {
            kind: string;
            place_code: string;
            place_name: string;
        };
        RosterChangeForm: {
            add?: components["schemas"]["PairForm"][];
            remove?: components["schemas"]["PairForm"][];
        };
        RosterFiguresView: {
            people: number;
            proven: boolean;
            roster: components["schemas"]["FairnessView"];
            seconds: number;
            shifts: number;
            sign_up: components["schemas"]["FairnessView"];
        };
        RosterForm: {
            place_code: string;
            /** Format: date */
            week: string;
        };
        RosterMoveForm: {
            /** @enum {string} */
            to: "accepted" | "dropped";
        };
        RosterPage: {
            items: components["schemas"]["RosterSummaryView"][];
            next_cursor: string | null;
        };
        RosterShiftView: {
            capacity: number;
            /** Format: date-time */
            ends_at: string;
            id: number;
            leader: components["schemas"]["PlannedRefView"] | null;
            minimum: number;
            missing: number;
            missing_skills: string[];
            people: components["schemas"]["AssignedView"][];
            place_code: string;
            place_name: string;
            /** Format: date-time */
            starts_at: string;
            state: string;
            still_missing: number;
            taken: number;
            team: components["schemas"]["PlannedRefView"] | null;
            title: string;
        };
        RosterSummaryView: {
            author: string;
            /** Format: date-time */
            computed_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            decided_at: string | null;
            decided_by: string | null;
            figures: components["schemas"]["RosterFiguresView"] | null;
            id: number;
            moves: string[];
            place_code: string;
            place_name: string;
            /** Format: date-time */
            published_at: string | null;
            reason: string | null;
            state: string;
            version: number;
            /** Format: date */
            week: string;
        };
        RosterView: {
            author: string;
            /** Format: date-time */
            computed_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            decided_at: string | null;
            decided_by: string | null;
            figures: components["schemas"]["RosterFiguresView"] | null;
            id: number;
            moves: string[];
            place_code: string;
            place_name: string;
            /** Format: date-time */
            published_at: string | null;
            reason: string | null;
            shifts: components["schemas"]["RosterShiftView"][];
            state: string;
            version: number;
            /** Format: date */
            week: string;
        };
        RoundCheckInView: {
            /** Format: date-time */
            at: string;
            checkpoint: components["schemas"]["PassedPointView"] | null;
            client_uuid: string;
            /** @enum {string} */
            code: "none" | "static" | "rotating" | "own" | "wrong";
            evidence: number;
            flags: ("speed" | "far" | "shared_code" | "clock" | "old_code" | "copied_track" | "mocked" | "backdated" | "wrong_code")[];
            id: number;
            /** @enum {string} */
            kind: "start" | "checkpoint" | "end";
            /** Format: date-time */
            received_at: string;
        };
        RoundCodeView: {
            codes: string[];
            /** Format: date-time */
            first_at: string;
            /** Format: date-time */
            now: string;
            step_seconds: number;
            text: string;
            /** Format: date-time */
            valid_until: string;
        };
        RoundFindingView: {
            /** Format: date-time */
            at: string;
            hazard_id: number;
            number: string;
            state: string;
        };
        RoundFlagView: {
            accepted: boolean | null;
            answered: boolean;
            /** Format: date-time */
            at: string;
            check_in_id: number | null;
            id: number;
            /** @enum {string} */
            kind: "speed" | "far" | "shared_code" | "clock" | "old_code" | "copied_track" | "mocked" | "backdated" | "wrong_code";
            note: string | null;
            words: string;
        };
        RoundPointView: {
            id: number;
            lat: number;
            lon: number;
            name: string;
            radius_m: number;
            seq: number;
        };
        RoundShiftView: {
            /** Format: date-time */
            ends_at: string;
            id: number;
            leader: components["schemas"]["PersonView"] | null;
            place_code: string;
            place_name: string;
            /** Format: date-time */
            starts_at: string;
            state: string;
            title: string;
        };
        RoundView: {
            /** Format: date-time */
            closed_at: string | null;
            /** Format: date-time */
            closes_at: string;
            findings: components["schemas"]["RoundFindingView"][];
            leads: boolean;
            location_consent: boolean;
            mine: components["schemas"]["OwnRoundView"] | null;
            /** Format: date-time */
            opens_at: string;
            people: components["schemas"]["WalkerView"][];
            route: components["schemas"]["RoundWayView"] | null;
            /** Format: date-time */
            settled_at: string | null;
            shift: components["schemas"]["RoundShiftView"];
            sos: components["schemas"]["SosView"][];
            walks: boolean;
        };
        RoundWayView: {
            checkpoints: components["schemas"]["RoundPointView"][];
            name: string;
            path: number[][];
        };
        RouteNameView: {
            id: number;
            name: string;
        };
        SeatView: {
            position: number | null;
            shift_id: number;
            /** @enum {string} */
            state: "waiting" | "offered" | "joined" | "seeking" | "left" | "removed" | "expired";
        };
        SessionView: {
            access_token: string;
            expires_in: number;
            refresh_token: string;
            resident: components["schemas"]["ResidentView"];
        };
        SettlementView: {
            /** Format: date-time */
            closed_at: string | null;
            /** Format: date-time */
            settled_at: string | null;
            shift_id: number;
            waiting: number;
        };
        ShiftChangeForm: {
            capacity?: number;
            /** Format: date-time */
            ends_at?: string;
            leader_id?: number | null;
            minimum?: number;
            place_code?: string;
            residence_required?: boolean;
            route_id?: number | null;
            skills?: ("first_aid" | "fire_warden" | "electrician" | "plumber" | "elevator" | "driver" | "drone" | "sign_language" | "dialect" | "it" | "care" | "other" | "fire_safety" | "ebike_safety" | "gas_safety" | "elevator_safety" | "flood_safety" | "fraud_prevention" | "first_aid_basics" | "patrol_basics")[];
            /** Format: date-time */
            starts_at?: string;
            team_id?: number | null;
            title?: string;
            version?: number;
            words?: string | null;
        };
        ShiftForm: {
            capacity: number;
            /** Format: date-time */
            ends_at: string;
            leader_id?: number | null;
            minimum?: number;
            place_code: string;
            residence_required?: boolean;
            route_id?: number | null;
            skills?: ("first_aid" | "fire_warden" | "electrician" | "plumber" | "elevator" | "driver" | "drone" | "sign_language" | "dialect" | "it" | "care" | "other" | "fire_safety" | "ebike_safety" | "gas_safety" | "elevator_safety" | "flood_safety" | "fraud_prevention" | "first_aid_basics" | "patrol_basics")[];
            /** Format: date-time */
            starts_at: string;
            team_id?: number | null;
            title: string;
            words?: string | null;
        };
        ShiftItemView: {
            capacity: number;
            distance_m: number | null;
            /** Format: date-time */
            ends_at: string;
            id: number;
            lat: number | null;
            leader: components["schemas"]["PersonView"] | null;
            lon: number | null;
            /** @enum {string|null} */
            mine: "waiting" | "offered" | "joined" | "seeking" | "left" | "removed" | "expired" | null;
            minimum: number;
            place_code: string;
            place_name: string;
            places_left: number;
            residence_required: boolean;
            route_id: number | null;
            skills: string[];
            /** Format: date-time */
            starts_at: string;
            /** @enum {string} */
            state: "open" | "cancelled";
            taken: number;
            team: components["schemas"]["BriefTeamView"] | null;
            title: string;
            waiting: number;
        };
        ShiftPage: {
            items: components["schemas"]["ShiftItemView"][];
            next_cursor: string | null;
        };
        ShiftTemplateChangeForm: {
            active?: boolean;
            capacity?: number;
            duration_min?: number;
            leader_id?: number | null;
            minimum?: number;
            residence_required?: boolean;
            route_id?: number | null;
            rrule?: string;
            skills?: ("first_aid" | "fire_warden" | "electrician" | "plumber" | "elevator" | "driver" | "drone" | "sign_language" | "dialect" | "it" | "care" | "other" | "fire_safety" | "ebike_safety" | "gas_safety" | "elevator_safety" | "flood_safety" | "fraud_prevention" | "first_aid_basics" | "patrol_basics")[];
            starts?: string;
            team_id?: number | null;
            title?: string;
            /** Format: date */
            until_day?: string | null;
            words?: string | null;
        };
        ShiftTemplateDoneView: {
            cancelled: number;
            changed: number;
            kept: number;
            made: number;
        };
        ShiftTemplateForm: {
            capacity: number;
            duration_min: number;
            /** Format: date */
            from_day?: string | null;
            leader_id?: number | null;
            /** @default 1 */
            minimum?: number;
            place_code: string;
            /** @default false */
            residence_required?: boolean;
            route_id?: number | null;
            rrule: string;
            skills?: ("first_aid" | "fire_warden" | "electrician" | "plumber" | "elevator" | "driver" | "drone" | "sign_language" | "dialect" | "it" | "care" | "other" | "fire_safety" | "ebike_safety" | "gas_safety" | "elevator_safety" | "flood_safety" | "fraud_prevention" | "first_aid_basics" | "patrol_basics")[];
            starts: string;
            team_id?: number | null;
            title: string;
            /** Format: date */
            until_day?: string | null;
            words?: string | null;
        };
        ShiftTemplatePage: {
            items: components["schemas"]["ShiftTemplateView"][];
            next_cursor: string | null;
        };
        ShiftTemplateView: {
            active: boolean;
            capacity: number;
            done: components["schemas"]["ShiftTemplateDoneView"] | null;
            duration_min: number;
            /** Format: date */
            from_day: string;
            id: number;
            leader: components["schemas"]["PlannedRefView"] | null;
            /** Format: date */
            made_until: string;
            minimum: number;
            place_code: string;
            place_name: string;
            residence_required: boolean;
            route: components["schemas"]["PlannedRefView"] | null;
            rrule: string;
            skills: string[];
            starts: string;
            team: components["schemas"]["PlannedRefView"] | null;
            title: string;
            /** Format: date */
            until_day: string | null;
            version: number;
            words: string | null;
        };
        ShiftView: {
            cancel_reason: string | null;
            capacity: number;
            crew: components["schemas"]["CrewView"][];
            /** Format: date-time */
            cut_off_at: string;
            distance_m: number | null;
            /** Format: date-time */
            ends_at: string;
            id: number;
            lat: number | null;
            leader: components["schemas"]["PersonView"] | null;
            leads: boolean;
            lon: number | null;
            /** @enum {string|null} */
            mine: "waiting" | "offered" | "joined" | "seeking" | "left" | "removed" | "expired" | null;
            minimum: number;
            moves: string[];
            my: components["schemas"]["MySeatView"];
            night: boolean;
            place_code: string;
            place_name: string;
            places_left: number;
            residence_required: boolean;
            route: components["schemas"]["WayView"] | null;
            route_id: number | null;
            seeking: number;
            sequence: number;
            skills: string[];
            /** Format: date-time */
            starts_at: string;
            /** @enum {string} */
            state: "open" | "cancelled";
            taken: number;
            team: components["schemas"]["BriefTeamView"] | null;
            title: string;
            version: number;
            waiting: number;
            words: string | null;
        };
        SiblingsView: {
            count: number;
            figures: {
                [key: string]: components["schemas"]["ComparedView"];
            };
            named: components["schemas"]["NamedSiblingView"][];
        };
        SignInForm: {
            code: string;
        };
        SignOutForm: {
            refresh_token?: string;
        };
        SosContactView: {
            name: string;
            phone: string;
        };
        SosForm: {
            /**
             * @default wgs84
             * @enum {string}
             */
            coord_sys?: "wgs84" | "gcj02";
            lat?: number | null;
            lon?: number | null;
            note?: string | null;
        };
        SosMoveForm: {
            note?: string | null;
            /** @enum {string} */
            to: "open" | "acknowledged" | "closed";
        };
        SosView: {
            /** Format: date-time */
            acknowledged_at: string | null;
            acknowledged_by: components["schemas"]["PersonView"] | null;
            /** Format: date-time */
            at: string;
            by: components["schemas"]["PersonView"];
            /** Format: date-time */
            closed_at: string | null;
            closed_by: components["schemas"]["PersonView"] | null;
            closing_note: string | null;
            contact: components["schemas"]["SosContactView"] | null;
            id: number;
            lat: number | null;
            lon: number | null;
            moves: components["schemas"]["MoveView"][];
            note: string | null;
            shift_id: number;
            /** @enum {string} */
            state: "open" | "acknowledged" | "closed";
        };
        StaffHoursPage: {
            items: components["schemas"]["StaffHourView"][];
            next_cursor: string | null;
        };
        StaffHourView: {
            /** Format: date-time */
            ends_at: string;
            evidence: number;
            id: number;
            minutes: number;
            reason: string | null;
            resident: components["schemas"]["PersonView"];
            reversed: boolean;
            shift_id: number;
            /** Format: date-time */
            starts_at: string;
            state: string;
            title: string;
        };
        StandInForm: {
            resident_id?: number | null;
        };
        StatuteForm: {
            article?: string | null;
            /** Format: date */
            as_of: string;
            name: components["schemas"]["BothForm"];
            quote?: string | null;
            /** Format: date */
            version?: string | null;
        };
        StatuteView: {
            article: string | null;
            /** Format: date */
            as_of: string;
            name: string;
            quote: string | null;
            /** Format: date */
            version: string | null;
        };
        StreakStandingView: {
            done_today: boolean;
            free_a_month: number;
            free_left: number;
            /** Format: date */
            keep_until: string | null;
            length: number;
            longest: number;
        };
        StreakView: {
            days: string[];
            done_today: boolean;
            free_a_month: number;
            free_left: number;
            /** Format: date */
            keep_until: string | null;
            length: number;
            longest: number;
            /** @enum {string} */
            state: "open" | "overdue" | "finished" | "not_yet";
            /** Format: date */
            today: string;
        };
        SubscriptionsForm: {
            [key: string]: unknown;
        };
        SuitableList: {
            people: components["schemas"]["SuitableView"][];
            shift: components["schemas"]["PlannedShiftView"];
        };
        SuitableView: {
            asked: boolean;
            /** Format: date-time */
            last_served_at: string | null;
            may_ask: boolean;
            name: string;
            points: number;
            reasons: string[];
            resident_id: number;
            served: number;
            words: string;
        };
        SuspensionView: {
            approved: boolean;
            note: string;
            /** Format: date-time */
            until: string;
        };
        SwapForm: {
            note?: string | null;
            resident_id: number;
            their_shift_id?: number | null;
        };
        SwapMoveForm: {
            /** @enum {string} */
            to: "agreed" | "declined" | "withdrawn";
        };
        SwapPage: {
            items: components["schemas"]["SwapView"][];
            next_cursor: string | null;
        };
        SwapView: {
            /** Format: date-time */
            answered_at: string | null;
            /** Format: date-time */
            asked_at: string;
            id: number;
            mine: boolean;
            moves: string[];
            note: string | null;
            shift: components["schemas"]["BriefShiftView"];
            /** @enum {string} */
            state: "asked" | "agreed" | "declined" | "withdrawn" | "void";
            their_shift: components["schemas"]["BriefShiftView"] | null;
            with: components["schemas"]["PersonView"];
        };
        TargetForm: {
            wanted: number | null;
        };
        TargetsView: {
            targets: components["schemas"]["TargetView"][];
        };
        TargetView: {
            at_most: boolean;
            figure: string;
            /** Format: date-time */
            set_at: string;
            wanted: number;
        };
        TaskPage: {
            items: components["schemas"]["TaskView"][];
            next_cursor: string | null;
        };
        TaskView: {
            /** Format: date-time */
            accept_by: string;
            /** Format: date-time */
            act_by: string | null;
            address: string | null;
            anonymous: boolean;
            assignee: components["schemas"]["PersonView"] | null;
            can_call: boolean;
            category: string;
            category_name: string;
            /** Format: date-time */
            closed_at: string | null;
            description: string;
            distance_m: number | null;
            /** Format: date-time */
            due_at: string | null;
            /** Format: date-time */
            expected_by: string;
            /** Format: date-time */
            handled_at: string | null;
            id: number;
            lat: number;
            lon: number;
            mine: boolean;
            moves: components["schemas"]["MoveView"][];
            number: string;
            /** Format: date-time */
            order_by: string | null;
            overdue: boolean;
            photo_count: number;
            place_code: string;
            place_name: string;
            /** Format: date-time */
            reported_at: string;
            severity: string;
            /** @enum {string} */
            state: "reported" | "accepted" | "declined" | "withdrawn" | "assigned" | "handling" | "suspended" | "handled" | "closed";
            /** @enum {string} */
            text_state: "passed" | "checking" | "withheld";
            thumbnail_url: string | null;
        };
        TeamChangeForm: {
            closed?: boolean;
            name?: string;
        };
        TeamDetailView: {
            asked: number | null;
            closed: boolean;
            id: number;
            /** @enum {string} */
            kind: "corridor" | "peace" | "association" | "company";
            leader: boolean;
            leaders: components["schemas"]["PersonView"][];
            manages: boolean;
            members: number;
            /** @enum {string|null} */
            mine: "nobody" | "asked" | "invited" | "member" | "leader" | "left" | null;
            moves: components["schemas"]["MoveView"][];
            name: string;
            people: components["schemas"]["MemberView"][];
            place_code: string;
            place_name: string;
        };
        TeamForm: {
            /** @enum {string} */
            kind: "corridor" | "peace" | "association" | "company";
            leader_id?: number | null;
            name: string;
            place_code: string;
        };
        TeamHoursView: {
            hours: number;
            name: string;
            people: number;
            team_id: number | null;
        };
        TeamNameView: {
            id: number;
            name: string;
        };
        TeamPage: {
            items: components["schemas"]["TeamView"][];
            next_cursor: string | null;
        };
        TeamView: {
            asked: number | null;
            closed: boolean;
            id: number;
            /** @enum {string} */
            kind: "corridor" | "peace" | "association" | "company";
            leader: boolean;
            leaders: components["schemas"]["PersonView"][];
            manages: boolean;
            members: number;
            /** @enum {string|null} */
            mine: "nobody" | "asked" | "invited" | "member" | "leader" | "left" | null;
            moves: components["schemas"]["MoveView"][];
            name: string;
            place_code: string;
            place_name: string;
        };
        TemplateList: {
            templates: components["schemas"]["TemplateView"][];
        };
        TemplateView: {
            for_staff: boolean;
            left: number;
            name: string;
            template_id: string;
            title: string;
        };
        TimeForm: {
            from: string;
            to: string;
            weekday: number;
        };
        TimeView: {
            from: string;
            to: string;
            weekday: number;
        };
        ToldCategoryView: {
            closed: number;
            code: string;
            name: string;
            reported: number;
        };
        ToldFiguresView: {
            closed: components["schemas"]["ToldFigureView"];
            on_time: components["schemas"]["ToldFigureView"];
            reported: components["schemas"]["ToldFigureView"];
            resolved: components["schemas"]["ToldFigureView"];
            satisfied: components["schemas"]["ToldFigureView"];
        };
        ToldFigureView: {
            denominator: number | null;
            excluded: number;
            numerator: number | null;
            value: number | null;
            withheld: string | null;
        };
        ToldPlaceView: {
            code: string;
            kind: string;
            name: string;
        };
        ToldWalksView: {
            hours: components["schemas"]["ToldFigureView"];
            rounds: components["schemas"]["ToldFigureView"];
        };
        TopicKnowledgeView: {
            due: number;
            known: number;
            name: string;
            questions: number;
            recall: number | null;
            seen: number;
            topic: string;
        };
        ToPractiseView: {
            difficulty: number;
            hint: string;
            id: string;
            /** @enum {string} */
            kind: "true_false" | "single" | "multiple" | "ordering" | "picture";
            media: components["schemas"]["QuizMediaView"] | null;
            new: boolean;
            options: components["schemas"]["QuizOptionView"][];
            stem: string;
            /** @enum {string} */
            topic: "fire" | "ebike" | "gas" | "elevator" | "falling" | "flood" | "earthquake" | "fraud" | "first_aid" | "children_elders" | "community" | "emergency";
            topic_name: string;
        };
        TotalsView: {
            closed: number;
            open: number;
            overdue: number;
            reported: number;
        };
        TrackForm: {
            /**
             * @default wgs84
             * @enum {string}
             */
            coord_sys?: "wgs84" | "gcj02";
            points: components["schemas"]["TrackPointForm"][];
            /** Format: date-time */
            sent_at?: string | null;
        };
        TrackPointForm: {
            accuracy?: number | null;
            /** Format: date-time */
            at: string;
            lat: number;
            lon: number;
        };
        TrackView: {
            dropped: number;
            kept: number;
        };
        TrainingForm: {
            by?: string | null;
            /** Format: date */
            held_on: string;
            hours?: number | null;
            name: string;
        };
        TrainingView: {
            by: string | null;
            /** Format: date */
            held_on: string;
            hours: number | null;
            id: number;
            name: string;
        };
        UnderstaffedShiftView: {
            id: number;
            minimum: number;
            place_name: string;
            /** Format: date-time */
            starts_at: string;
            taken: number;
            title: string;
        };
        UnreadView: {
            unread: number;
        };
        VerdictForm: {
            photo_id?: string;
            seq?: number;
            show: boolean;
        };
        VerdictView: {
            campaign_id: number;
            certificate_number: string | null;
            /** Format: date-time */
            next_try_at: string | null;
            pass_percent: number;
            passed: boolean;
            percent: number;
            tries_left: number;
        };
        VerifiedCertificateView: {
            /** Format: date */
            from: string;
            hours: number;
            /** Format: date-time */
            issued_at: string;
            issuer: string;
            name: string;
            number: string;
            /** Format: date-time */
            revoked_at: string | null;
            /** @enum {string} */
            state: "in_notice" | "valid" | "revoked";
            /** Format: date */
            to: string;
        };
        VerifiedPassView: {
            /** Format: date */
            issued_on: string;
            issuer: string;
            name: string;
            number: string;
            /** Format: date-time */
            revoked_at: string | null;
            /** @enum {string} */
            state: "valid" | "expired" | "revoked";
            title: string;
            /** Format: date */
            valid_until: string | null;
        };
        VersionLineView: {
            actor: string | null;
            /** Format: date-time */
            at: string;
            move: string;
            note: string | null;
        };
        VersionMoveForm: {
            note?: string | null;
            /** @enum {string} */
            to: "draft" | "in_review" | "published" | "retired";
            version_id: number;
        };
        VersionView: {
            answer: boolean | null;
            at_home: components["schemas"]["BothView"] | null;
            author: string | null;
            /** Format: date-time */
            created_at: string;
            difficulty: number;
            explanation: components["schemas"]["BothView"];
            figures: components["schemas"]["QuestionFiguresView"] | null;
            history: components["schemas"]["VersionLineView"][];
            id: number;
            /** @enum {string} */
            kind: "true_false" | "single" | "multiple" | "ordering" | "picture";
            media: components["schemas"]["PictureView"] | null;
            moves: components["schemas"]["MoveView"][];
            number: number;
            options: components["schemas"]["WrittenOptionView"][];
            source: components["schemas"]["WrittenStatuteView"];
            /** @enum {string} */
            state: "draft" | "in_review" | "published" | "retired";
            stem: components["schemas"]["BothView"];
            /** @enum {string} */
            topic: "fire" | "ebike" | "gas" | "elevator" | "falling" | "flood" | "earthquake" | "fraud" | "first_aid" | "children_elders" | "community" | "emergency";
        };
        VolunteerChangeForm: {
            location_consent?: boolean;
            most_per_week?: number | null;
            on_honour_board?: boolean;
            paused?: boolean;
            risk_consent?: boolean;
        };
        VolunteerForm: {
            availability?: components["schemas"]["TimeForm"][];
            birth_year: number;
            /** @enum {boolean} */
            consent: true;
            emergency_contact?: components["schemas"]["ContactForm"] | null;
            guardian?: components["schemas"]["GuardianForm"] | null;
            languages?: ("zh" | "en" | "sc" | "yue" | "wu" | "min" | "hakka" | "ug" | "bo" | "sign" | "other")[];
            likes?: string[];
            location_consent?: boolean;
            most_per_week?: number | null;
            on_honour_board?: boolean;
            paused?: boolean;
            risk_version?: string;
            skills: ("first_aid" | "fire_warden" | "electrician" | "plumber" | "elevator" | "driver" | "drone" | "sign_language" | "dialect" | "it" | "care" | "other")[];
        };
        VolunteerPage: {
            items: components["schemas"]["ListedVolunteerView"][];
            next_cursor: string | null;
        };
        VolunteerView: {
            availability: components["schemas"]["TimeView"][];
            birth_year: number;
            consents: components["schemas"]["ConsentLineView"][];
            contact_looks: components["schemas"]["LookView"][];
            earned: components["schemas"]["EarnedSkillView"][];
            emergency_contact: components["schemas"]["EmergencyContactView"] | null;
            guardian: components["schemas"]["GuardianView"] | null;
            insurances: components["schemas"]["InsuranceView"][];
            languages: ("zh" | "en" | "sc" | "yue" | "wu" | "min" | "hakka" | "ug" | "bo" | "sign" | "other")[];
            liked_places: components["schemas"]["NamedPlaceView"][];
            likes: string[];
            /** Format: date-time */
            location_consent_at: string | null;
            minor: boolean;
            most_per_week: number | null;
            number: string;
            on_honour_board: boolean;
            paused: boolean;
            /** Format: date-time */
            risk_consent_at: string | null;
            risk_current: string;
            risk_version: string | null;
            /** Format: date-time */
            since: string;
            skills: ("first_aid" | "fire_warden" | "electrician" | "plumber" | "elevator" | "driver" | "drone" | "sign_language" | "dialect" | "it" | "care" | "other")[];
            teams: components["schemas"]["OwnTeamView"][];
            trainings: components["schemas"]["TrainingView"][];
        };
        WalkerView: {
            attested: boolean;
            attested_by_me: boolean | null;
            check_ins: components["schemas"]["RoundCheckInView"][];
            checkpoints_done: number[];
            /** Format: date-time */
            ended_at: string | null;
            evidence: number;
            flags: components["schemas"]["RoundFlagView"][];
            id: number | null;
            last: components["schemas"]["LastSeenView"] | null;
            minutes: number;
            resident: components["schemas"]["PersonView"];
            /** Format: date-time */
            settled_at: string | null;
            /** Format: date-time */
            started_at: string | null;
            /** @enum {string} */
            state: "expected" | "on_round" | "ended" | "no_show";
        };
        WayView: {
            checkpoints: components["schemas"]["PatrolCheckpointView"][];
            id: number;
            length_m: number;
            name: string;
            path: number[][];
        };
        WhoView: {
            id: number | null;
            name: string | null;
            role: string;
        };
        WrittenOptionView: {
            en?: string;
            region?: components["schemas"]["QuizRegionView"];
            right?: boolean;
            zh: string;
        };
        WrittenStatuteView: {
            article: string | null;
            /** Format: date */
            as_of: string;
            name: components["schemas"]["BothView"];
            quote: string | null;
            /** Format: date */
            version: string | null;
        };
    };
    responses: {
        /** @description Bad Request */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description Conflict */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description Forbidden */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description Internal Server Error */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description Not Found */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description Request Entity Too Large */
        RequestEntityTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description Service Unavailable */
        ServiceUnavailable: {
            headers: {
                /** @description Seconds to wait. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description Too Many Requests */
        TooManyRequests: {
            headers: {
                /** @description Seconds to wait. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description Unauthorized */
        Unauthorized: {
            headers: {
                /** @description How to show who is asking. */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description Unprocessable Entity */
        UnprocessableEntity: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description Unsupported Media Type */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_announcements: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnnouncementPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    announce: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnnouncementForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnnouncementView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_announcement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                announcement_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnnouncementView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_appeals: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                place?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppealPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    answer_appeal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appeal_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppealAnswerForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppealView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    answer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attempt_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuizAnswerForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuizAnswerView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    finish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attempt_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttemptView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    pledge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attempt_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuizPledgeForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttemptView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    appeal: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path: {
                attendance_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppealForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppealView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    read_calendar: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar": string;
                };
            };
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    verify_pass_certificate: {
        parameters: {
            query?: {
                language?: "zh-Hans" | "en";
            };
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerifiedPassView"];
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_pass_paper: {
        parameters: {
            query: {
                expires: number;
                language?: "zh-Hans" | "en";
                signature: string;
            };
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    revoke_pass_certificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevocationForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GivenPassView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_campaigns: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                scope?: "for_me" | "ours";
                state?: "draft" | "announced" | "running" | "over" | "cancelled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    plan_campaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignChangeForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_tries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnTriesView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    begin_try: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttemptView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_breadth: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BreadthView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_pass_certificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PassCertificateView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_pass_certificates: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PassCertificatePage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    print_key: {
        parameters: {
            query: {
                expires: number;
                language?: "zh-Hans" | "en";
                signature: string;
            };
            header?: never;
            path: {
                campaign_id: number;
                variant: "A" | "B";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    move_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignMoveForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_paper_results: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperResultPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    enter_paper_result: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaperResultForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperResultView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_papers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PapersView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    print_paper: {
        parameters: {
            query: {
                expires: number;
                language?: "zh-Hans" | "en";
                signature: string;
            };
            header?: never;
            path: {
                campaign_id: number;
                variant: "A" | "B";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_issued_certificates: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                place?: string;
                state?: "in_notice" | "valid" | "revoked";
                to_review?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedCertificatePage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    issue_certificate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CertificateForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewCertificateView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    verify_certificate: {
        parameters: {
            query?: {
                language?: "zh-Hans" | "en";
            };
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerifiedCertificateView"];
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_paper: {
        parameters: {
            query: {
                expires: number;
                language?: "zh-Hans" | "en";
                signature: string;
            };
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    confirm_certificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedCertificateView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    revoke_certificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevocationForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedCertificateView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_challenges: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                state?: "planned" | "running" | "over";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChallengePage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    begin_challenge: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChallengeForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChallengeView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_challenge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                challenge_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChallengeView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_committee_children: {
        parameters: {
            query?: {
                cursor?: string;
                from?: string;
                level?: "street" | "community" | "grid";
                limit?: number;
                sort?: "code" | "people" | "breadth" | "cases_reported" | "on_time" | "closing" | "resolved" | "satisfied" | "rework";
                to?: string;
            };
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChildrenPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_committee_comments: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommitteeCommentPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    comment_on_committee: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommitteeCommentForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommitteeCommentView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    open_figure: {
        parameters: {
            query?: {
                cursor?: string;
                from?: string;
                limit?: number;
                to?: string;
            };
            header?: never;
            path: {
                name: string;
                place_code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenFigureView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_indicators: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
            };
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IndicatorsView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_overview: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
            };
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OverviewView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_participation: {
        parameters: {
            query?: {
                by?: "day" | "week" | "month" | "quarter" | "year";
                from?: string;
                to?: string;
            };
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommitteeParticipationView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_patrolling: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
            };
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatrollingView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_rectifications: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                state?: "open" | "answered" | "accepted" | "withdrawn";
            };
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RectificationPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    raise_rectification: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RectificationForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RectificationDetailView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_report_page: {
        parameters: {
            query?: {
                lang?: "zh-Hans" | "en";
                /** @description YYYY-MM; the last one without any */
                month?: string;
                /** @description YYYY-Qn, instead of a month */
                quarter?: string;
                reader?: "committee" | "street" | "residents";
            };
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_report_paper: {
        parameters: {
            query?: {
                lang?: "zh-Hans" | "en";
                /** @description YYYY-MM; the last one without any */
                month?: string;
                /** @description YYYY-Qn, instead of a month */
                quarter?: string;
                reader?: "committee" | "street" | "residents";
            };
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_report_sheet: {
        parameters: {
            query?: {
                lang?: "zh-Hans" | "en";
                /** @description YYYY-MM; the last one without any */
                month?: string;
                /** @description YYYY-Qn, instead of a month */
                quarter?: string;
                reader?: "committee" | "street" | "residents";
            };
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_reports: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportStandingPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    ask_for_report: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportAskForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportStandingView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                place_code: string;
                report_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportStandingView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_committee_settings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommitteeSettingsView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_committee_settings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommitteeSettingsForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommitteeSettingsView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_targets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetsView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    set_target: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                figure: string;
                place_code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TargetForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetsView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_config: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigView"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    fetch_copy: {
        parameters: {
            query: {
                expires: number;
                signature: string;
            };
            header?: never;
            path: {
                copy_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_desk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeskView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    decide_desk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeskDecisionForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeskView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_categories: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_hazards: {
        parameters: {
            query?: {
                bbox?: string;
                category?: string;
                coord_sys?: "wgs84" | "gcj02";
                cursor?: string;
                limit?: number;
                mine?: boolean;
                near?: string;
                place?: string;
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HazardPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    report_hazard: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HazardForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HazardView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_hazard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hazard_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HazardView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_assignees: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hazard_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssigneeList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    move_hazard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hazard_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HazardMoveForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HazardView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    answer_order: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hazard_id: number;
                order_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderAnswerForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HazardView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    decide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hazard_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerdictForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HazardView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    honour_board: {
        parameters: {
            query?: {
                period?: "month" | "year" | "all";
                place?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HonourView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    hours_at: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                place?: string;
                resident_id?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffHoursPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    correct: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path: {
                entry_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoursCorrectionForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoursCorrectionView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResidentView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MeForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResidentView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_mine: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                state?: "expected" | "on_round" | "ended" | "no_show";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnAttendancePage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_calendar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    make_calendar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    revoke_calendar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_own_certificates: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificatePage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_copy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CopyView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    ask_for_copy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CopyView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_desks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeskList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    end_desk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                desk_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    my_hours: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyHoursPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_knowledge: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KnowledgeView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    ask_to_leave: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LeavingForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeavingView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    take_back_leaving: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_offers: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    set_phone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PhoneForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResidentView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    my_points: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreferencesView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreferencesForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreferencesView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    my_redemptions: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RedemptionPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    request_residence: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResidenceForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResidenceView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_streak: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StreakView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_swaps: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SwapPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_profile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VolunteerView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    save_profile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VolunteerForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VolunteerView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    stop_serving: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_profile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VolunteerChangeForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VolunteerView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    add_insurance: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InsuranceForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InsuranceView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    remove_insurance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                insurance_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    add_training: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrainingForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    remove_training: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_notices: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                unread?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticePage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    mark_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                notice_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    mark_all_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReadAllForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnreadView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    accept_offer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                offer_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeatView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    decline_offer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                offer_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeatView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_open_data: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenCatalogueView"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    read_open_csv: {
        parameters: {
            query?: {
                place?: string;
                quarter?: string;
            };
            header?: never;
            path: {
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    read_open_geojson: {
        parameters: {
            query?: {
                place?: string;
                quarter?: string;
            };
            header?: never;
            path: {
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": Record<string, never>;
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    correct_paper_result: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path: {
                paper_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaperCorrectionForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperResultView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_patrol_routes: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                place?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatrolRoutePage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_patrol_route: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatrolRouteForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatrolRouteView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_patrol_route: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                route_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatrolRouteView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_patrol_route: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                route_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatrolRouteChangeForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatrolRouteView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_checkpoint_codes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                route_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckpointCodesView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    add_photo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["PhotoForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhotoView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_photo: {
        parameters: {
            query: {
                expires: number;
                signature: string;
            };
            header?: never;
            path: {
                photo_id: string;
                variant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_places: {
        parameters: {
            query?: {
                cursor?: string;
                kind?: "district" | "street" | "community" | "grid" | "building";
                limit?: number;
                outline?: boolean;
                q?: string;
                /** @description code of the place around */
                within?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacePage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_place: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaceDetailView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_place_knowledge: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
            };
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaceKnowledgeView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_what_became: {
        parameters: {
            query?: {
                month?: string;
            };
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BecameView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    locate: {
        parameters: {
            query: {
                coord_sys: "wgs84" | "gcj02";
                lat: number;
                lon: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LocatedView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    fetch_practice: {
        parameters: {
            query?: {
                limit?: number;
                topic?: "fire" | "ebike" | "gas" | "elevator" | "falling" | "flood" | "earthquake" | "fraud" | "first_aid" | "children_elders" | "community" | "emergency";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PracticeView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    grade_practice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PracticeAnswerForm"][];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradesView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    export_questions: {
        parameters: {
            query: {
                format: "gift" | "aiken" | "moodle_xml" | "csv";
                topic?: "fire" | "ebike" | "gas" | "elevator" | "falling" | "flood" | "earthquake" | "fraud" | "first_aid" | "children_elders" | "community" | "emergency";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_imports: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    import_questions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["ImportForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_questions: {
        parameters: {
            query?: {
                cursor?: string;
                flagged?: boolean;
                limit?: number;
                state?: "draft" | "in_review" | "published" | "retired";
                topic?: "fire" | "ebike" | "gas" | "elevator" | "falling" | "flood" | "earthquake" | "fraud" | "first_aid" | "children_elders" | "community" | "emergency";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuestionPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    write_question: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewQuestionForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuestionView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_question: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                question_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuestionView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    move_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                question_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VersionMoveForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuestionView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    rewrite_question: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path: {
                question_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuestionForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuestionView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    take_daily: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttemptView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_rectification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rectification_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RectificationDetailView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    move_rectification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rectification_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RectificationMoveForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RectificationDetailView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_redemption: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                redemption_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RedemptionView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    cancel_redemption: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                redemption_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RedemptionView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    collect: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CollectForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollectedView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    find_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportStandingView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_residences: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                state?: "requested" | "confirmed" | "refused" | "withdrawn";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResidencePage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    move_residence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                residence_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResidenceMoveForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResidenceView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_rewards: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                place?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RewardPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    offer_reward: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RewardForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RewardView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_reward: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reward_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RewardView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_reward: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reward_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RewardChangeForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RewardView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    redeem: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path: {
                reward_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RedemptionView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_rosters: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                place?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    ask_for_roster: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RosterForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_roster: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                roster_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_roster: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                roster_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RosterChangeForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    move_roster: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                roster_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RosterMoveForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    sign_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SignOutForm"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_shift_templates: {
        parameters: {
            query?: {
                active?: boolean;
                cursor?: string;
                limit?: number;
                place?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShiftTemplatePage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_shift_template: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShiftTemplateForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShiftTemplateView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_shift_template: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                template_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShiftTemplateView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_shift_template: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                template_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShiftTemplateChangeForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShiftTemplateView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_shifts: {
        parameters: {
            query?: {
                coord_sys?: "wgs84" | "gcj02";
                cursor?: string;
                /** @description A day `YYYY-MM-DD` in Shanghai, or a moment with its zone. */
                from?: string;
                limit?: number;
                mine?: boolean;
                near?: string;
                open?: boolean;
                place?: string;
                /** @description A day `YYYY-MM-DD` in Shanghai, or a moment with its zone. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShiftPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_shift: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShiftForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShiftView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_shift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShiftView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_shift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShiftChangeForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShiftView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    attest: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttestationForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttendanceView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    call_people_out: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallOutForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallOutView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    cancel_shift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShiftView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    check_in: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckInForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckInView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    check_in_batch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckInBatchForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoundCodeView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_colleagues: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ColleaguePage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    answer_flag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flag_id: number;
                shift_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FlagAnswerForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttendanceView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    add_points: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrackForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_round: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoundView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    close_round: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    sign_up_for_shift: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeatView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    remove_from_shift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                resident_id: number;
                shift_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeatView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    leave_shift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeatView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    call: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SosForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SosView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    stand_in: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StandInForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeatView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_suitable_people: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuitableList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    ask_to_swap: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path: {
                shift_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SwapForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SwapView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    duplicate_week: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DuplicateWeekForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DuplicatedWeekView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_shifts_needing_people: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                place?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NeedingPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    move_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sos_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SosMoveForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SosView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    answer_subscriptions: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubscriptionsForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    move_swap: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                swap_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SwapMoveForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SwapView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_tasks: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                orders?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_teams: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                mine?: boolean;
                place?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_team: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamDetailView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_team: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamDetailView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_team: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamChangeForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamDetailView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    join_team: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path: {
                team_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["JoinForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamDetailView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    move_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                resident_id: number;
                team_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MembershipMoveForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamDetailView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    leave_team: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_volunteers: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                place?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VolunteerPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
